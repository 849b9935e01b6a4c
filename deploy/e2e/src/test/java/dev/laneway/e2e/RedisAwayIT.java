package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While Redis is away nobody can tell whether a key was used: such calls wait, all others are answered as ever. */
class RedisAwayIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private FaultProxy redis;

    @Override
    String config() {
        return "model_list:\n" + Configs.openAi("oai", "sim", simulator.baseUrl())
                + "routes: {smart: {lane: premium, chain: [oai]}}\nlanes: {premium: {privacy: cloud_allowed}}\n";
    }

    @Override
    Gateway start(Path folder) throws Exception {
        String url = Objects.requireNonNull(servers.redisUrl());
        URI direct = URI.create(url);
        redis = FaultProxy.open(direct.getHost(), direct.getPort());
        RoleContext.Servers through = new RoleContext.Servers(
                servers.kafka(),
                servers.databaseUrl(),
                url.replace(":" + direct.getPort(), ":" + redis.port()),
                servers.partitions());
        return InOneJvm.start(through, config(), folder);
    }

    @AfterEach
    void open() {
        redis.set(Mode.PASS);
    }

    @AfterAll
    void closeGate() throws IOException {
        redis.close();
    }

    private HttpResponse<String> keyed(String key) throws Exception {
        return Http.send(Http.request(gateway, "/v1/chat/completions")
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .header("x-client-request-id", key)
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("smart")))
                .build());
    }

    @Test
    void shouldTellCallsWithAKeyToComeAgain() throws Exception {
        redis.set(Mode.RESET);
        String key = UUID.randomUUID().toString();

        HttpResponse<String> refused = keyed(key);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Http.header(refused, "retry-after")).isNotEmpty();
        assertThat(Http.json(refused).at("/error/code").asText()).isEqualTo("idempotency_unavailable");
        redis.set(Mode.PASS);
        await().atMost(PATIENCE).until(() -> keyed(key).statusCode() == 200);
    }

    @Test
    void shouldAnswerCallsWithoutAKey() throws Exception {
        redis.set(Mode.RESET);

        HttpResponse<String> answer = Http.send(Http.request(gateway, "/v1/chat/completions")
                .header("content-type", "application/json")
                .header("x-client-request-id", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("smart")))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTellOfARequestByItsIdAllTheSame() throws Exception {
        String id = Http.header(keyedWhenReady(), "x-request-id");
        oracle.awaitTerminal(id);
        redis.set(Mode.RESET);

        HttpResponse<String> byId = Http.get(gateway, "/v1/requests/" + id);

        assertThat(byId.statusCode()).isEqualTo(200);
        assertThat(Http.get(gateway, "/v1/requests/some-name").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldKnowWhatEndedWhileRedisWasAway() throws Exception {
        String label = UUID.randomUUID().toString();
        redis.set(Mode.RESET);
        Http.send(Http.request(gateway, "/v1/chat/completions")
                .header("content-type", "application/json")
                .header("x-client-request-id", label)
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("smart")))
                .build());

        redis.set(Mode.PASS);

        await().atMost(PATIENCE)
                .until(() -> Http.get(gateway, "/v1/requests/" + label).statusCode() == 200);
    }

    private HttpResponse<String> keyedWhenReady() {
        return await().atMost(PATIENCE)
                .until(() -> keyed(UUID.randomUUID().toString()), answer -> answer.statusCode() == 200);
    }
}
