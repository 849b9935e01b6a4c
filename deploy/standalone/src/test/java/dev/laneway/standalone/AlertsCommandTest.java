package dev.laneway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code alerts} asks a gateway, and what it prints. */
class AlertsCommandTest {
    private static final JsonObject SILENCE = new JsonObject()
            .put("id", "silence_1")
            .put("state", "in_force")
            .put("kind", "spend")
            .putNull("subject")
            .put("from", "2026-11-30T22:00:00Z")
            .put("until", "2026-12-01T00:00:00Z")
            .put("by", "master for ann")
            .put("reason", "a load test");
    private static final String LINE = "silence_1  in_force  kind=spend  subject=-  from=2026-11-30T22:00:00Z"
            + "  until=2026-12-01T00:00:00Z  by=master for ann  reason=a load test\n";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile JsonObject answer = SILENCE;
    private int port;

    /** What a command ended with. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add(request.method() + " " + request.uri() + " " + body);
                    request.response().setStatusCode(status).end(answer.encode());
                }));
        port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Ended alerts(String... arguments) {
        List<String> all = new ArrayList<>(List.of("alerts"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + port, "--key", "sk-master"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    @Test
    void shouldMakeASilence() {
        Ended ended = alerts("silence", "--kind", "spend", "--for", "2h", "--reason", "a load test");

        assertThat(ended).isEqualTo(new Ended(0, LINE, ""));
        assertThat(asked)
                .containsExactly(
                        "POST /v1/alerts/silences {\"kind\":\"spend\",\"for\":\"2h\",\"reason\":\"a load test\"}");
    }

    @Test
    void shouldEndASilence() {
        Ended ended = alerts("end", "silence_1");

        assertThat(ended.out()).isEqualTo(LINE);
        assertThat(asked).containsExactly("DELETE /v1/alerts/silences/silence_1 ");
    }

    @Test
    void shouldListSilences() {
        answer = new JsonObject().put("data", new JsonArray().add(SILENCE)).put("has_more", false);

        Ended ended = alerts("silences", "--ended");

        assertThat(ended.out()).isEqualTo(LINE);
        assertThat(asked).containsExactly("GET /v1/alerts/silences?limit=500&ended=true ");
    }

    @Test
    void shouldListAlertsALineEach() {
        answer = new JsonObject()
                .put(
                        "data",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("raised_at", "2026-11-30T22:00:00Z")
                                        .put("kind", "budget")
                                        .put("subject", "team/red/monthly")
                                        .put("silenced", true)
                                        .put("silenced_by", "silence_1")
                                        .put("title", "Budget of team red: 80 %")));

        Ended ended = alerts("list", "--kind", "budget");

        assertThat(ended.out())
                .isEqualTo(
                        "2026-11-30T22:00:00Z  budget  team/red/monthly  silenced by silence_1  Budget of team red: 80 %\n");
        assertThat(asked).containsExactly("GET /v1/alerts?limit=50&kind=budget ");
    }

    @Test
    void shouldSayInTheGatewaysWordsWhyNot() {
        status = 400;
        answer = new JsonObject().put("error", new JsonObject().put("message", "until is missing"));

        Ended ended = alerts("silence", "--kind", "spend");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("until is missing");
    }
}
