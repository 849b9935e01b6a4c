package dev.laneway.standalone.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.standalone.Main;
import dev.laneway.standalone.cli.Exit;
import dev.laneway.standalone.client.ManagementClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code dead} asks a management port, and what it ends with. */
class DeadCommandTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private int port;

    /** What a command ended with. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> {
            asked.add(request.method() + " " + request.uri() + " " + request.getHeader("authorization"));
            request.response().setStatusCode(status).end("an answer\n");
        });
        port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Ended dead(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead"));
        all.addAll(Arrays.asList(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private String here() {
        return "--management-port=" + port;
    }

    @Test
    void shouldListWhatIsAskedFor() {
        Ended ended = dead("list", here(), "--lane", "premium", "--zone", "cloud", "--json");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("an answer\n");
        assertThat(asked)
                .singleElement()
                .satisfies(uri -> assertThat(uri)
                        .startsWith("GET /dead/letters?format=json&")
                        .contains("lane=premium")
                        .contains("zone=cloud"));
    }

    @Test
    void shouldShowOneWithItsBodyForTheKey() {
        dead("show", "lw.cloud.requests.premium.interactive-0@5", here(), "--body", "--key", "sk-1");

        assertThat(asked)
                .containsExactly("GET /dead/letters/lw.cloud.requests.premium.interactive-0%405?body=true Bearer sk-1");
    }

    @Test
    void shouldReplayOne() {
        dead("replay", "a-0@5", here(), "--force", "--key", "sk-1");

        assertThat(asked)
                .singleElement()
                .satisfies(uri -> assertThat(uri)
                        .startsWith("POST /dead/replay/a-0%405?")
                        .contains("force=true")
                        .contains("by=" + ManagementClient.encode(System.getProperty("user.name")))
                        .endsWith("Bearer sk-1"));
    }

    @Test
    void shouldReplayAllOfALane() {
        dead("replay", "--all", "--lane", "premium", here());

        assertThat(asked)
                .singleElement()
                .satisfies(
                        uri -> assertThat(uri).startsWith("POST /dead/replay?").contains("lane=premium"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 409, 503})
    void shouldFailWhereItIsRefused(int refusal) {
        status = refusal;

        assertThat(dead("replay", "a-0@5", here()).code()).isEqualTo(Exit.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "replay",
                "replay a-0@5 --all",
                "replay a-0@5 --lane premium",
                "list --zone moon",
                "list --lane NOT.A.LANE",
                "show"
            })
    void shouldRefuseWrongUse(String arguments) {
        Ended ended = dead(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(ended.code()).isEqualTo(Exit.WRONG_USAGE);
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldSayWhereNobodyListens() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);

        Ended ended = dead("list", here());

        assertThat(ended.code()).isEqualTo(Exit.FAILED);
        assertThat(ended.err()).contains("nothing listens at management port 127.0.0.1:" + port);
    }

    @Test
    void shouldHelp() {
        Ended ended = dead("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("list").contains("show").contains("replay");
    }
}
