package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two processes of each role, from which Redis is cut off for a while: keys whose terms say {@code open} go on, one by its budget, one by its own limit and
 * one by its deployment's; those that say {@code closed} do not. Somebody is told of that, once.
 */
@Tag("processes")
class RedisOpenIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of an answer; each costs ten millionths of a dollar. */
    private static final int TOKENS = 16;
    /** Five calls. */
    private static final String BUDGET = "0.0008";
    /** Each passes one memory that is not there: two a budget, one a key's limit, one a deployment's. */
    private static final int UNCOUNTED = 4;

    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final List<HttpResponse<String>> passed = new ArrayList<>();
    private FaultProxy redis;
    private HttpServer hook;
    private HttpResponse<String> overBudget;
    private HttpResponse<String> overLimit;

    @Override
    String config() {
        return "model_list:\n"
                + deployment(
                        "paid", "sim~tokens=" + TOKENS, "{input_cost_per_token: 0, output_cost_per_token: 0.00001}")
                + deployment("narrow", "sim", "{id: the-narrow}")
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  paid: {lane: premium, chain: [paid]}
                  narrow: {lane: premium, chain: [narrow]}
                router_settings: {num_retries: 0}
                holders:
                  - {scope: deployment, id: the-narrow, rpm_limit: 100}
                api_keys:
                  - {name: payer, key: sk-payer-0123456789, budget: %1$s, budget_reset_frequency: yearly, when_away: open}
                  - {name: saver, key: sk-saver-0123456789, budget: %1$s, budget_reset_frequency: yearly}
                  - {name: quick, key: sk-quick-0123456789, rpm_limit: 100}
                  - {name: exact, key: sk-exact-0123456789, rpm_limit: 100, when_away: closed}
                  - {name: plain, key: sk-plain-0123456789}
                alerts:
                  channels: {hook: {webhook: "http://127.0.0.1:%2$d/hook"}}
                  rules:
                    - {kind: redis_open, name: any}
                    - {kind: redis_open, name: each, threshold: %3$d}
                """.formatted(BUDGET, hook.getAddress().getPort(), UNCOUNTED);
    }

    private String deployment(String name, String model, String info) {
        return "  - model_name: " + name + "\n    litellm_params: {model: \"openai/" + model + "\", api_base: \""
                + simulator.baseUrl() + "/v1\", api_key: os.environ/SIM_KEY}\n    model_info: " + info + "\n";
    }

    @Override
    Gateway start(Path folder) throws Exception {
        hook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        hook.createContext("/hook", this::take);
        hook.start();
        URI direct = URI.create(Objects.requireNonNull(servers.redisUrl()));
        redis = FaultProxy.open(direct.getHost(), direct.getPort());
        RoleContext.Servers through = new RoleContext.Servers(
                servers.kafka(),
                servers.databaseUrl(),
                direct.toString().replace(":" + direct.getPort(), ":" + redis.port()),
                servers.partitions());
        return SeparateProcesses.start(through, config(), folder);
    }

    private void take(HttpExchange exchange) throws IOException {
        told.add(Http.JSON.readTree(exchange.getRequestBody().readAllBytes()).get("data"));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @BeforeAll
    void outage() throws Exception {
        for (String owner : List.of("payer", "saver")) {
            await().atMost(PATIENCE).until(() -> ask(owner, "paid").statusCode() == 200);
        }
        redis.set(Mode.RESET);
        passed.add(ask("payer", "paid"));
        passed.add(ask("payer", "paid"));
        passed.add(ask("quick", "paid"));
        passed.add(ask("plain", "narrow"));
        overBudget = ask("saver", "paid");
        overLimit = ask("exact", "paid");
        await().atMost(PATIENCE)
                .until(() -> !redisOpen("any").isEmpty() && !redisOpen("each").isEmpty());
        redis.set(Mode.PASS);
        for (String router : List.of("router-worker-0", "router-worker-1")) { // until then they let more pass
            await().atMost(PATIENCE).until(() -> seesRedis(router));
        }
    }

    private boolean seesRedis(String process) throws Exception {
        URI management = ((SeparateProcesses) gateway).management(process);
        List<String> links = Http.send(HttpRequest.newBuilder(URI.create(management + "/metrics"))
                        .build())
                .body()
                .lines()
                .filter(line -> line.startsWith("laneway_redis_connected{"))
                .toList();
        return !links.isEmpty() && links.stream().allMatch(line -> line.endsWith(" 1.0"));
    }

    @Override
    void holdTheLogsAgainstEachOther() throws Exception {
        oracle.expectOtherPrices();
        try (FaultProxy open = redis) {
            super.holdTheLogsAgainstEachOther();
        } finally {
            hook.stop(0);
        }
    }

    private List<JsonNode> redisOpen() {
        return told.stream()
                .filter(alert -> alert.get("kind").asText().equals("redis_open"))
                .toList();
    }

    private List<JsonNode> redisOpen(String rule) {
        return redisOpen().stream()
                .filter(alert -> alert.get("rule").asText().equals(rule))
                .toList();
    }

    private HttpResponse<String> ask(String owner, String route) throws Exception {
        return ask(owner, route, TOKENS);
    }

    private HttpResponse<String> ask(String owner, String route, int tokens) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(gateway.api() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(60))
                .header("authorization", "Bearer sk-" + owner + "-0123456789")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + route + "\",\"max_tokens\":" + tokens
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"pay\"}]}"))
                .build());
    }

    /** What a refusal says of what is left: it costs nothing. */
    private String left(String owner) throws Exception {
        return Http.json(ask(owner, "paid", 1_000)).at("/error/message").asText();
    }

    @Test
    void shouldLetPassWhatIsOpen() {
        assertThat(passed).hasSize(UNCOUNTED).allMatch(answer -> answer.statusCode() == 200);
    }

    @Test
    void shouldTellThoseThatAreClosedToComeAgain() throws Exception {
        assertThat(overBudget.statusCode()).isEqualTo(503);
        assertThat(Http.json(overBudget).at("/error/code").asText()).isEqualTo("budgets_away");
        assertThat(Http.header(overBudget, "retry-after")).isNotEmpty();
        assertThat(overLimit.statusCode()).isEqualTo(503);
        assertThat(Http.json(overLimit).at("/error/code").asText()).isEqualTo("limits_unavailable");
        assertThat(Http.header(overLimit, "retry-after")).isNotEmpty();
    }

    /** Budgets and limits, whoever met them; and no second time, however many accountings watch and go on seeing it. */
    @Test
    void shouldTellOnceOfAllThatPassed() throws Exception {
        await().atMost(PATIENCE).until(() -> ask("saver", "paid").statusCode() == 200);

        assertThat(redisOpen())
                .extracting(
                        alert -> alert.get("rule").asText(),
                        alert -> alert.get("subject").asText())
                .containsExactlyInAnyOrder(tuple("any", "redis"), tuple("each", "redis"));
        assertThat(redisOpen("each").getFirst().at("/details/count").asInt()).isEqualTo(UNCOUNTED);
        assertThat(raised()).isEqualTo(2);
    }

    private long raised() throws Exception {
        PgConnection database = PgConnection.connect(
                        vertx,
                        DatabaseUrl.parse(Objects.requireNonNull(servers.databaseUrl()))
                                .options())
                .await(10, TimeUnit.SECONDS);
        return database.query("select count(*) from laneway.alerts where kind = 'redis_open'")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .eventually(database::close)
                .await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldCountWhatPassedOnceRedisIsBack() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(left("payer")).contains("has $0.00032 left of $0.0008"));

        // what was booked while Redis was away may count twice until its reservation is ended
        for (int call = 0; call < 2; call++) {
            await().atMost(PATIENCE).until(() -> ask("payer", "paid").statusCode() == 200);
        }

        assertThat(ask("payer", "paid").statusCode()).isEqualTo(429);
    }
}
