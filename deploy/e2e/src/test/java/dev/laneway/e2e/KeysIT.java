package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import io.vertx.pgclient.PgConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys over two gateways that share their servers: what is changed at one is in force at the other. */
class KeysIT extends OneGateway {
    private static final Duration EVERYWHERE = Duration.ofSeconds(1);

    private FaultProxy database;
    private Gateway other;

    @Override
    String config() {
        return "model_list:\n" + Configs.openAi("oai", "sim", simulator.baseUrl())
                + "routes: {smart: {lane: premium, chain: [oai]}}\nlanes: {premium: {privacy: cloud_allowed}}\n";
    }

    @Override
    Gateway start(Path folder) throws Exception {
        String url = String.valueOf(servers.databaseUrl());
        URI direct = URI.create(url);
        database = FaultProxy.open(direct.getHost(), direct.getPort());
        RoleContext.Servers through = new RoleContext.Servers(
                servers.kafka(),
                url.replace(":" + direct.getPort() + "/", ":" + database.port() + "/"),
                servers.redisUrl(),
                servers.partitions());
        Gateway one = InOneJvm.start(through, config(), folder);
        other = InOneJvm.start(through, config(), Files.createDirectory(folder.resolve("other")));
        return one;
    }

    @AfterEach
    void letTheDatabaseAnswer() {
        database.set(Mode.PASS);
    }

    @Override
    @AfterAll
    void stopAll() throws Exception {
        try {
            super.stopAll();
        } finally {
            other.close();
            database.close();
        }
    }

    private static HttpResponse<String> ask(Gateway at, String key, String path, String body) throws Exception {
        HttpRequest.Builder request = Http.request(at, path)
                .setHeader("authorization", "Bearer " + key)
                .header("content-type", "application/json");
        return Http.send(
                body == null
                        ? request.GET().build()
                        : request.POST(HttpRequest.BodyPublishers.ofString(body))
                                .build());
    }

    private JsonNode generated(String body) throws Exception {
        HttpResponse<String> made = Http.post(gateway, "/key/generate", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Http.json(made);
    }

    private void awaitStatus(Gateway at, String key, int status) {
        await().atMost(EVERYWHERE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ask(at, key, "/v1/models", null).statusCode() == status);
    }

    private List<String> rows(String sql) throws Exception {
        PgConnection connection = PgConnection.connect(
                        vertx, DatabaseUrl.parse(servers.databaseUrl()).options())
                .await(10, TimeUnit.SECONDS);
        try {
            List<String> rows = new ArrayList<>();
            connection.query(sql).execute().await(10, TimeUnit.SECONDS).forEach(row -> rows.add(row.deepToString()));
            return rows;
        } finally {
            connection.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldAnswerAModelToAKeyThatTheOtherGatewayMade() throws Exception {
        String key = generated("{\"models\": [\"smart\"], \"tags\": [\"night\"]}")
                .get("key")
                .asText();
        awaitStatus(other, key, 200);

        HttpResponse<String> answer = ask(other, key, "/v1/chat/completions", Http.question("smart"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void shouldBlockAKeyEverywhereWithinASecond() throws Exception {
        String key = generated("{}").get("key").asText();
        awaitStatus(other, key, 200);
        long asked = System.nanoTime();

        HttpResponse<String> blocked = Http.post(gateway, "/key/block", "{\"key\": \"" + key + "\"}");

        int here = ask(gateway, key, "/v1/models", null).statusCode();
        awaitStatus(other, key, 401);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(EVERYWHERE);
        assertThat(blocked.statusCode()).isEqualTo(200);
        assertThat(here).isEqualTo(401);
    }

    @Test
    void shouldKeepWhoChangedWhatFromWhatToWhat() throws Exception {
        JsonNode made = generated("{\"key_alias\": \"audited\", \"max_budget\": 2.5}");

        Http.post(gateway, "/key/update", "{\"key\": \"" + made.get("token").asText() + "\", \"max_budget\": 3}");

        assertThat(rows(
                        "select actor, action, before #>> '{terms,budgets,0,limit}', after #>> '{terms,budgets,0,limit}'"
                                + " from laneway.audit where id = '"
                                + made.get("key_id").asText() + "' order by at"))
                .containsExactly("[master,create,null,2500000000000]", "[master,update,2500000000000,3000000000000]");
        assertThat(rows("select * from laneway.audit a, laneway.entities e").toString())
                .doesNotContain(made.get("key").asText());
    }

    @Test
    void shouldLetKeysWorkAndChangesWaitForNobodyWhileTheDatabaseIsAway() throws Exception {
        String key = generated("{}").get("key").asText();
        awaitStatus(other, key, 200);
        database.set(Mode.RESET);

        HttpResponse<String> refused = Http.post(gateway, "/key/block", "{\"key\": \"" + key + "\"}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Http.json(refused).at("/error/code").asText()).isEqualTo("changes_unavailable");
        assertThat(Http.header(refused, "retry-after")).isNotEmpty();
        assertThat(ask(other, key, "/v1/models", null).statusCode()).isEqualTo(200);
        database.set(Mode.PASS);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Http.post(gateway, "/key/generate", "{}").statusCode() == 200);
        assertThat(ask(gateway, key, "/v1/models", null).statusCode())
                .as("what was answered 503 is not done later")
                .isEqualTo(200);
    }

    @Test
    void shouldDoOneOfTwoChangesThatMeet() throws Exception {
        String first = ask(gateway, Gateway.KEY, "/team/new", "{\"team_id\": \"meeting\"}")
                .body();
        String second = ask(other, Gateway.KEY, "/team/new", "{\"team_id\": \"meeting\"}")
                .body();

        List<String> audit = rows("select action from laneway.audit where kind = 'team' and id = 'meeting'");

        assertThat(audit).as(first + second).hasSize(1);
    }
}
