package dev.laneway.standalone.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.config.FileKey;
import dev.laneway.standalone.Main;
import dev.laneway.standalone.client.AskedGateway;
import dev.laneway.standalone.client.AskedGateway.Ended;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code keys} asks a gateway, and what it ends with. */
class KeysCommandTest {
    private static final JsonObject KEY = new JsonObject()
            .put("id", "key_1")
            .put("hint", "x7Qz")
            .put("alias", "nightly")
            .put("blocked", true)
            .put("key", "sk-lw-secret");

    private AskedGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new AskedGateway(KEY);
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
    }

    private Ended keys(String... arguments) {
        return gateway.run("keys", arguments);
    }

    private void answerButToSecrets(JsonObject answer) {
        gateway.answer(path -> new AskedGateway.Answer(path.matches("/v1/keys/[0-9a-f]{64}") ? 404 : 200, answer));
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
        assertThat(gateway.asked)
                .containsExactly("POST /v1/keys {\"alias\":\"a\",\"tags\":[\"t\"],\"terms\":{\"models\":[\"smart\"],"
                        + "\"budgets\":[{\"limit\":2.50,\"period\":\"1d\"}],\"rpm_limit\":9}}");
    }

    @Test
    void shouldListKeysALineEach() {
        gateway.answer(new JsonObject().put("data", new JsonArray().add(KEY)).put("has_more", false));

        Ended ended = keys("list", "--team", "a b");

        assertThat(ended.out()).isEqualTo("key_1  blocked  ...x7Qz  alias=nightly  team=-  user=-  expires=-\n");
        assertThat(gateway.asked).containsExactly("GET /v1/keys?limit=500&team=a%20b ");
    }

    @Test
    void shouldListKeysPageByPage() {
        gateway.answer(path -> new AskedGateway.Answer(
                200, new JsonObject().put("data", new JsonArray().add(KEY)).put("has_more", !path.contains("after="))));

        Ended ended = keys("list");

        assertThat(ended.out().lines()).hasSize(2);
        assertThat(gateway.asked).containsExactly("GET /v1/keys?limit=500 ", "GET /v1/keys?limit=500&after=key_1 ");
    }

    @Test
    void shouldPrintTheAnswerAsItCameWhereThatIsAskedFor() {
        Ended ended = keys("block", "key_1", "--json");

        assertThat(new JsonObject(ended.out())).isEqualTo(KEY);
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
        assertThat(gateway.asked).singleElement().asString().isEqualToIgnoringWhitespace(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--alias b --user ada | PATCH /v1/keys/key_1 {\"alias\":\"b\",\"user\":\"ada\"}",
                "--expires-in 30d | PATCH /v1/keys/key_1 {\"expires_in\":\"30d\"}",
                "--expires-in never | PATCH /v1/keys/key_1 {\"expires_at\":null}",
                "--terms {\"rpm_limit\":3} | PATCH /v1/keys/key_1 {\"terms\":{\"rpm_limit\":3}}",
            })
    void shouldChangeAKey(String line, String request) {
        Ended ended = keys(("update key_1 " + line).split(" "));

        assertThat(ended.out()).isEqualTo("key_1  blocked  ...x7Qz  alias=nightly  team=-  user=-  expires=-\n");
        assertThat(gateway.asked).containsExactly(request);
    }

    @Test
    void shouldChangeOneLimitAndLeaveTheOthers() {
        Ended ended = keys(
                "change",
                "key_1",
                "--rpm",
                "60",
                "--tpm",
                "none",
                "--max-budget",
                "2.50",
                "--model",
                "a",
                "--alias",
                "b",
                "--expires-in",
                "never");

        assertThat(ended.code()).isZero();
        assertThat(gateway.asked)
                .containsExactly(
                        "POST /key/update {\"models\":[\"a\"],\"max_budget\":2.50,\"rpm_limit\":60,\"tpm_limit\":null,"
                                + "\"key_alias\":\"b\",\"duration\":null,\"key\":\"key_1\"}",
                        "GET /v1/keys/key_1 ");
    }

    @Test
    void shouldEndAKeyAtOnce() {
        keys("update", "key_1", "--expires-in", "now");

        assertThat(gateway.asked)
                .singleElement()
                .asString()
                .matches("PATCH /v1/keys/key_1 \\{\"expires_at\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"}");
    }

    @Test
    void shouldSendNoSecretOnItsWay() {
        keys("block", "sk-lw-secret");

        assertThat(gateway.asked).containsExactly("POST /v1/keys/" + FileKey.digest("sk-lw-secret") + "/block {}");
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
        answerButToSecrets(
                new JsonObject().put("data", new JsonArray().add(KEY)).put("has_more", false));

        keys(command, "night ly");

        assertThat(gateway.asked).hasSize(3);
        assertThat(gateway.asked.get(1)).isEqualToIgnoringWhitespace("GET /v1/keys?limit=1&alias=night%20ly");
        assertThat(gateway.asked.getLast()).isEqualToIgnoringWhitespace(request);
    }

    @Test
    void shouldSendNoSecretThatSomebodyChoseOnItsWay() {
        keys("show", "my-own-secret-0123");

        assertThat(gateway.asked)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request)
                        .isEqualToIgnoringWhitespace("GET /v1/keys/" + FileKey.digest("my-own-secret-0123")));
    }

    @Test
    void shouldSayThatNoKeyHasThatName() {
        answerButToSecrets(new JsonObject().put("data", new JsonArray()).put("has_more", false));

        Ended ended = keys("block", "nobody");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no key has this id, secret or alias");
        assertThat(gateway.asked).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void shouldSayWhyItWasRefused() {
        gateway.answer(404, new JsonObject().put("error", new JsonObject().put("message", "This key is not known.")));

        Ended ended = keys("show", "key_2");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("This key is not known.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create --period 1d",
                "update key_1",
                "update key_1 --rpm x",
                "update key_1 --rpm 3 --terms {}",
                "create --rpm 3 --terms {}",
                "create --terms {",
                "block",
                "frobnicate"
            })
    void shouldTakeNoNonsense(String line) {
        assertThat(keys(line.split(" ")).code()).isEqualTo(2);
        assertThat(gateway.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "create", "show", "update", "block", "unblock", "rotate", "delete"})
    void shouldHelp(String command) {
        StringWriter out = new StringWriter();

        int code = Main.commandLine().setOut(new PrintWriter(out)).execute("keys", command, "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("keys " + command);
    }
}
