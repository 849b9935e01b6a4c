package dev.laneway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.FileKey;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code keys} asks a gateway, and what it ends with. */
class KeysCommandTest {
    private static final JsonObject KEY = new JsonObject()
            .put("id", "key_1")
            .put("hint", "x7Qz")
            .put("alias", "nightly")
            .put("blocked", true)
            .put("key", "sk-lw-secret");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean secretIsKnown = true;
    private volatile JsonObject answer = KEY;
    private int port;

    /** What a command ended with. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add(request.method() + " " + request.uri() + " " + body);
                    boolean unknown = !secretIsKnown && request.uri().matches("/v1/keys/[0-9a-f]{64}");
                    request.response().setStatusCode(unknown ? 404 : status).end(answer.encode());
                }));
        port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Ended keys(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + port, "--key", "sk-master"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    @Test
    void shouldPrintTheSecretOfAKeyThatItMade() {
        Ended ended = keys(
                "create",
                "--alias",
                "a",
                "--model",
                "smart",
                "--max-budget",
                "2.50",
                "--period",
                "1d",
                "--rpm",
                "9",
                "--tag",
                "t");

        assertThat(ended).isEqualTo(new Ended(0, "sk-lw-secret\n", ""));
        assertThat(asked)
                .containsExactly("POST /v1/keys {\"alias\":\"a\",\"tags\":[\"t\"],\"terms\":{\"models\":[\"smart\"],"
                        + "\"budgets\":[{\"limit\":2.50,\"period\":\"1d\"}],\"rpm_limit\":9}}");
    }

    @Test
    void shouldListKeysALineEach() {
        answer = new JsonObject().put("data", new JsonArray().add(KEY)).put("has_more", false);

        Ended ended = keys("list", "--team", "a b");

        assertThat(ended.out()).isEqualTo("key_1  blocked  ...x7Qz  alias=nightly  team=-  user=-  expires=-\n");
        assertThat(asked).containsExactly("GET /v1/keys?limit=500&team=a%20b ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block | POST /v1/keys/key_1/block {}",
                "unblock | POST /v1/keys/key_1/unblock {}",
                "delete | DELETE /v1/keys/key_1",
                "show | GET /v1/keys/key_1",
                "rotate | POST /v1/keys/key_1/rotate {}",
            })
    void shouldAskForWhatIsToBeDone(String command, String request) {
        Ended ended = keys(command, "key_1");

        assertThat(ended.code()).isZero();
        assertThat(asked).singleElement().asString().isEqualToIgnoringWhitespace(request);
    }

    @Test
    void shouldSendNoSecretOnItsWay() {
        keys("block", "sk-lw-secret");

        assertThat(asked).containsExactly("POST /v1/keys/" + FileKey.digest("sk-lw-secret") + "/block {}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block | POST /v1/keys/key_1/block {}",
                "delete | DELETE /v1/keys/key_1",
                "show | GET /v1/keys/key_1",
                "rotate | POST /v1/keys/key_1/rotate {}",
            })
    void shouldKnowAKeyByItsAlias(String command, String request) {
        answer = new JsonObject().put("data", new JsonArray().add(KEY)).put("has_more", false);
        secretIsKnown = false;

        keys(command, "night ly");

        assertThat(asked).hasSize(3);
        assertThat(asked.get(1)).isEqualToIgnoringWhitespace("GET /v1/keys?limit=1&alias=night%20ly");
        assertThat(asked.getLast()).isEqualToIgnoringWhitespace(request);
    }

    @Test
    void shouldSendNoSecretThatSomebodyChoseOnItsWay() {
        keys("show", "my-own-secret-0123");

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .isEqualToIgnoringWhitespace("GET /v1/keys/" + FileKey.digest("my-own-secret-0123")));
    }

    @Test
    void shouldSayThatNoKeyHasThatName() {
        answer = new JsonObject().put("data", new JsonArray()).put("has_more", false);
        secretIsKnown = false;

        Ended ended = keys("block", "nobody");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no key has this id, secret or alias");
        assertThat(asked).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void shouldSayWhyItWasRefused() {
        status = 404;
        answer = new JsonObject().put("error", new JsonObject().put("message", "This key is not known."));

        Ended ended = keys("show", "key_2");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("This key is not known.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"create --period 1d", "create --rpm 3 --terms {}", "create --terms {", "block", "frobnicate"})
    void shouldTakeNoNonsense(String line) {
        assertThat(keys(line.split(" ")).code()).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "create", "show", "block", "unblock", "rotate", "delete"})
    void shouldHelp(String command) {
        StringWriter out = new StringWriter();

        int code = Main.commandLine().setOut(new PrintWriter(out)).execute("keys", command, "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("keys " + command);
    }
}
