package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.DirectoryAuthenticator;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that the config file has: who they are, what they may call, and what they see. */
class FileKeyTest {
    private static final GatewayConfig CONFIG = TestConfig.routesAnd("""
            api_keys:
              - {key: sk-blue-0123456789, name: team-blue, models: [smart]}
              - {key: sk-green-0123456789, name: team-green}
              - {key: sk-red-0123456789, name: team-red, models: ["s*", other]}
            """);

    private final TestIngress ingress = TestIngress.start();

    @BeforeEach
    void putInForce() {
        ingress.directory.put(CONFIG);
        ingress.routes.put(CONFIG);
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldOwnWhatItAsks() throws Exception {
        ingress.send(ingress.chat("smart", false).setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(ingress.outbox.next().request().owner()).isEqualTo("team-blue");
    }

    @ParameterizedTest
    @CsvSource({"sk-blue-0123456789, ''", "sk-blue-0123456789, ?key=team-blue", "sk-test, ?key=sk-blue-0123456789"})
    void shouldBeShownToWhoeverCallsByItAndToAdmins(String by, String which) {
        HttpResponse<String> shown =
                ingress.answer(ingress.request("/key/info" + which).setHeader("authorization", "Bearer " + by));

        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        JsonObject info = new JsonObject(shown.body()).getJsonObject("info");
        assertThat(info.getString("key_alias")).isEqualTo("team-blue");
        assertThat(info.getJsonArray("models")).containsExactly("smart");
        assertThat(ingress.answer(ingress.request("/key/info?key=team-blue")
                                .setHeader("authorization", "Bearer sk-green-0123456789"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldBeAdmittedByAnyOfTheHeadersThatHoldKeys() {
        HttpResponse<String> list = ingress.answer(ingress.request("/v1/models")
                .setHeader("authorization", "Bearer placeholder")
                .header("x-api-key", "sk-green-0123456789"));

        assertThat(list.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"sk-blue-0123456789, smart", "sk-green-0123456789, secure smart", "sk-red-0123456789, secure smart"})
    void shouldSeeOnlyWhatItMayCall(String key, String models) {
        HttpResponse<String> list =
                ingress.answer(ingress.request("/v1/models").setHeader("authorization", "Bearer " + key));

        assertThat(new JsonObject(list.body())
                        .getJsonArray("data").stream().map(model -> ((JsonObject) model).getString("id")))
                .containsExactlyElementsOf(List.of(models.split(" ")));
    }

    @Test
    void shouldSeeOnlyWhatItMayCallInOllamasList() {
        HttpResponse<String> list =
                ingress.answer(ingress.request("/api/tags").setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(new JsonObject(list.body())
                        .getJsonArray("models").stream().map(model -> ((JsonObject) model).getString("model")))
                .containsExactly("smart");
    }

    @Test
    void shouldNotBeShownByOllamaWhatItMayNotCall() {
        HttpResponse<String> shown = ingress.answer(ingress.post("/api/show", "{\"model\":\"secure\"}")
                .setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(shown.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotSeeOneThatItMayNotCall() {
        HttpResponse<String> one = ingress.answer(
                ingress.request("/v1/models/secure").setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(one.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldBeRefusedWhatItMayNotCall() {
        HttpResponse<String> refused =
                ingress.answer(ingress.chat("secure", false).setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(refused.statusCode()).isEqualTo(403);
        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("permission_error");
        assertThat(error.getString("code")).isEqualTo("model_not_allowed");
        assertThat(error.getString("param")).isEqualTo("model");
        assertThat(refused.body()).doesNotContain("sk-blue");
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldBeNoticedWhereItAsksForWhatItMayNotCall() {
        ingress.answer(ingress.chat("secure", false).setHeader("authorization", "Bearer sk-blue-0123456789"));

        await().until(() -> !ingress.outbox.notices.isEmpty());
        assertThat(ingress.outbox.notices)
                .extracting(Fact.Noticed::owner, Fact.Noticed::kind, Fact.Noticed::count)
                .containsExactly(tuple("team-blue", NoticeKind.FORBIDDEN_MODEL, 1));
    }

    @Test
    void shouldBeRefusedInAnthropicsWords() {
        String body = "{\"model\":\"secure\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

        HttpResponse<String> refused = ingress.answer(
                ingress.post("/v1/messages", body).setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("type"))
                .isEqualTo("permission_error");
    }

    @Test
    void shouldCountNoTokensForWhatItMayNotCall() {
        String body = "{\"model\":\"secure\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

        HttpResponse<String> refused = ingress.answer(ingress.post("/v1/messages/count_tokens", body)
                .setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void shouldFindNothingOfAModelThatIsNotThere() {
        HttpResponse<String> unknown =
                ingress.answer(ingress.chat("nobody", false).setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldOpenNothingOnceItIsTakenOutOfTheConfig() {
        ingress.directory.put(TestConfig.routes());

        HttpResponse<String> refused =
                ingress.answer(ingress.request("/v1/models").setHeader("authorization", "Bearer sk-blue-0123456789"));

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldStayUndecidedOfOthersWhileNoMasterKeyIsKnown() {
        DirectoryAuthenticator early = new DirectoryAuthenticator(
                headers -> new Admission.Undecided(), ingress.directory, System::currentTimeMillis);
        var wrong = io.vertx.core.MultiMap.caseInsensitiveMultiMap().add("x-api-key", "sk-other");

        Admission admission = early.admit(wrong);

        assertThat(admission).isEqualTo(new Admission.Undecided());
    }
}
