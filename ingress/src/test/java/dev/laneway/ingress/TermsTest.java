package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys, teams and others may, as clients meet it. */
class TermsTest {
    private static final String BLUE = "sk-blue-0123456789";
    private static final String TOOLS =
            "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":["
                    + "{\"type\":\"function\",\"function\":{\"name\":\"search\"}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"shell\"}}]}";

    private static final String TRUSTED =
            "general_settings: {trusted_proxy_ranges: [127.0.0.1, 192.0.2.0/24, \"2001:db8:f::/48\"]}\n";

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private void inForce(String terms, String blocks) {
        GatewayConfig config =
                TestConfig.routesAnd("api_keys: [{key: " + BLUE + ", name: blue" + terms + "}]\n" + blocks);
        ingress.directory.put(config);
        ingress.routes.put(config);
    }

    private HttpRequest.Builder chat(String model) {
        return ingress.chat(model, false).setHeader("authorization", "Bearer " + BLUE);
    }

    private HttpRequest.Builder post(String body) {
        return ingress.post("/v1/chat/completions", body).setHeader("authorization", "Bearer " + BLUE);
    }

    private HttpRequest.Builder models() {
        return ingress.request("/v1/models").setHeader("authorization", "Bearer " + BLUE);
    }

    private void assertForbidden(HttpRequest.Builder request, String code, NoticeKind notice) {
        HttpResponse<String> refused = ingress.answer(request);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("type")).isEqualTo("permission_error");
        assertThat(ingress.outbox.published).isEmpty();
        await().until(() -> !ingress.outbox.notices.isEmpty());
        assertThat(ingress.outbox.notices.getFirst().owner()).isEqualTo("blue");
        assertThat(ingress.outbox.notices.getFirst().kind()).isEqualTo(notice);
    }

    private void assertTaken(HttpRequest.Builder request) throws Exception {
        ingress.send(request);

        assertThat(ingress.outbox.next().request().owner()).isEqualTo("blue");
    }

    @Test
    void shouldKeepAKeyToItsLanes() throws Exception {
        inForce(", lanes: [premium]", "");

        assertTaken(chat("smart"));
        assertForbidden(chat("secure"), "lane_not_allowed", NoticeKind.FORBIDDEN_LANE);
    }

    @Test
    void shouldKeepAKeyToItsTools() {
        inForce(", tools: [search]", "");

        assertForbidden(post(TOOLS), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @Test
    void shouldKeepAToolThatIsDeniedFromAKey() throws Exception {
        inForce(", denied_tools: [shell]", "");

        assertTaken(post(TOOLS.replace("shell", "read")));
        assertForbidden(post(TOOLS), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @Test
    void shouldLetNoToolsInWhereNoneIsAllowed() throws Exception {
        inForce(", tools: []", "");

        assertTaken(chat("smart"));
        assertForbidden(post(TOOLS), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @Test
    void shouldKeepAKeyToItsNetworksWhateverItAsks() {
        inForce(", networks: [10.0.0.0/8]", "");

        assertForbidden(models(), "address_not_allowed", NoticeKind.STRANGE_ADDRESS);
        assertThat(ingress.answer(chat("smart")).statusCode()).isEqualTo(403);
        assertThat(ingress.answer(ingress.request("/v1/models")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3 | 200",
                "10.1.2.3, 192.0.2.9 | 200",
                "11.1.2.3 | 403",
                "10.1.2.3, 11.1.2.3 | 403",
                "10.1.2.3, nonsense | 403",
                "11.1.2.3, 10.1.2.3:4711 | 200",
                "10.1.2.3, 192.0.2.8, 192.0.2.9 | 200",
                "10.1.2.3, 192.0.2.9, 11.1.2.3, 192.0.2.9 | 403",
                "192.0.2.8, 192.0.2.9 | 403",
                "10.1.2.3, | 403",
                "10.1.2.3.4 | 403",
                "10.1.2.3 or so | 403",
                "unknown | 403",
                "2001:db8:1::7 | 200",
                "[2001:db8:1::7]:4711 | 200",
                "2001:db8:2::7 | 403",
                "2001:db8:1::7, 2001:db8:f::1 | 200",
                "2001:db8:2::7, 2001:db8:1::7, [2001:db8:f::1]:443, 192.0.2.9 | 200",
                "::ffff:10.1.2.3 | 200",
                "::ffff:11.1.2.3 | 403",
            })
    void shouldBelieveATrustedProxyOfItsClientsAddress(String forwarded, int status) {
        inForce(", networks: [10.0.0.0/8, \"2001:db8:1::/48\"]", TRUSTED);

        assertThat(ingress.answer(models().header("x-forwarded-for", forwarded)).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"model, claude", "model, smart", "tag, nightly"})
    void shouldKeepAModelAndATagOfARequestToTheirNetworks(String scope, String id) {
        inForce("", "holders: [{scope: " + scope + ", id: " + id + ", networks: [10.0.0.0/8]}]\n");

        assertForbidden(
                chat("smart").header("x-litellm-tags", "nightly"), "address_not_allowed", NoticeKind.STRANGE_ADDRESS);
    }

    /** A proxy may add a line of its own below those that a client sent. */
    @ParameterizedTest
    @CsvSource({"10.1.2.3, 11.1.2.3, 403", "11.1.2.3, 10.1.2.3, 200", "10.1.2.3, 192.0.2.9, 200"})
    void shouldReadAllLinesAsOnePath(String first, String second, int status) {
        inForce(", networks: [10.0.0.0/8]", TRUSTED);

        HttpResponse<String> answer =
                ingress.answer(models().header("x-forwarded-for", first).header("x-forwarded-for", second));

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 403", "127.0.0.0/8, 200"})
    void shouldTakeAProxyThatSaysNothingForTheClient(String network, int status) {
        inForce(", networks: [" + network + "]", TRUSTED);

        assertThat(ingress.answer(models()).statusCode()).isEqualTo(status);
    }

    @Test
    void shouldKeepAKeyToTheNetworksOfItsTeamToo() {
        inForce("", TRUSTED);
        Terms home = new Terms(null, null, null, List.of(), List.of("10.0.0.0/8"), null, List.of(), null, null);
        ingress.directory.put(new Control.Team(1, "t", null, home, Map.of(), false, false, null, Map.of(), 0));
        Terms wide = new Terms(null, null, null, List.of(), List.of("0.0.0.0/0"), null, List.of(), null, null);
        inTeam(wide);

        assertThat(ingress.answer(models().header("x-forwarded-for", "10.1.2.3"))
                        .statusCode())
                .isEqualTo(200);
        assertForbidden(
                models().header("x-forwarded-for", "11.1.2.3"), "address_not_allowed", NoticeKind.STRANGE_ADDRESS);
    }

    private void inTeam(Terms terms) {
        ingress.directory.put(new KeyDraft("blue", FileKey.digest(BLUE), 0)
                .team("t")
                .terms(terms)
                .by("cmd_1", 1)
                .build());
    }

    @Test
    void shouldBelieveNobodyElse() {
        inForce(", networks: [10.0.0.0/8]", "");

        assertThat(ingress.answer(models().header("x-forwarded-for", "10.1.2.3"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"7, 1, 200", "7, 12, 400", "90, 1, 400", "9223372036854775807, 1, 400", "79, 128, 400"})
    void shouldBoundTheTokensOfARequest(String maxTokens, int choices, int status) throws Exception {
        inForce(", max_tokens_per_request: 80", "");
        String body = "{\"model\":\"smart\",\"max_tokens\":" + maxTokens + ",\"n\":" + choices
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        if (status == 200) {
            assertTaken(post(body));
        } else {
            HttpResponse<String> refused = ingress.answer(post(body));
            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("code"))
                    .isEqualTo("max_tokens_too_large");
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 1, 200", "81, 1, 400", "20, 4, 200", "21, 4, 400"})
    void shouldBoundTheTokensThatAllAnswersOfARequestHaveTogether(int maxTokens, int choices, int status)
            throws Exception {
        inForce("", "general_settings: {max_tokens_per_request: 80}\n");
        String body = "{\"model\":\"smart\",\"max_tokens\":" + maxTokens + ",\"n\":" + choices
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        if (status == 200) {
            assertTaken(post(body));
        } else {
            assertThat(ingress.answer(post(body)).statusCode()).isEqualTo(status);
        }
    }

    /** Eight times two to the power of sixty-one is nothing, to a machine. */
    @Test
    void shouldBoundTheTokensOfAnyNumberOfAnswers() {
        inForce(", max_tokens_per_request: 80", "");
        String body = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"generationConfig\":{\"maxOutputTokens\":8,"
                + "\"candidateCount\":" + (1L << 61) + "}}";

        HttpResponse<String> refused = ingress.answer(ingress.post("/v1beta/models/smart:generateContent", body)
                .setHeader("authorization", "Bearer " + BLUE));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldCountThePromptAmongTheTokensOfARequest() {
        inForce(", max_tokens_per_request: 80", "");
        String body = "{\"model\":\"smart\",\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\""
                + "hi ".repeat(200) + "\"}]}";

        assertThat(ingress.answer(post(body)).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldKeepAModelToItsTermsWhereARouteBeginsWithIt() {
        inForce("", "holders: [{scope: model, id: claude, denied_tools: [shell]}]\n");

        assertForbidden(post(TOOLS), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @ParameterizedTest
    @CsvSource({"claude", "alias"})
    void shouldKeepAModelToItsTermsByAnAliasToo(String model) {
        GatewayConfig config = TestConfig.load("""
                model_list:
                  - model_name: claude
                    litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}
                router_settings: {model_group_alias: {alias: claude}}
                holders: [{scope: model, id: claude, denied_tools: [shell]}]
                api_keys: [{key: %s, name: blue}]
                """.formatted(BLUE));
        ingress.directory.put(config);
        ingress.routes.put(config);

        assertForbidden(post(TOOLS.replace("smart", model)), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @Test
    void shouldNotWidenACallerByTheTagsOfItsRequest() {
        Caller caller = new Caller("k", null, null, Role.MEMBER, List.of(List.of("smart")));

        Caller tagged = caller.with(List.of("nightly"));

        assertThat(tagged.mayCall("smart")).isTrue();
        assertThat(tagged.mayCall("secure")).isFalse();
    }

    @Test
    void shouldKeepEachKeyToWhatItsTeamAndItsUserMay() {
        ingress.directory.put(new Control.Team(
                1, "t", null, Terms.NONE.withModels(List.of("smart")), Map.of(), false, false, null, Map.of(), 0));
        inTeam(Terms.NONE);

        HttpResponse<String> list = ingress.answer(models());

        assertThat(new JsonObject(list.body()).getJsonArray("data")).hasSize(1);
        assertForbidden(chat("secure"), "model_not_allowed", NoticeKind.FORBIDDEN_MODEL);
    }

    @ParameterizedTest
    @CsvSource({"TAG, nightly", "GLOBAL, all", "MODEL, claude"})
    void shouldKeepRequestsToTheModelsOfWhoeverElseTheyAreMadeFor(Scope scope, String id) throws Exception {
        inForce("", "");
        ingress.directory.put(new Control.Purse(1, scope, id, Terms.NONE.withModels(List.of("secure")), false, null));

        assertForbidden(
                chat("smart").header("x-litellm-tags", "nightly"), "model_not_allowed", NoticeKind.FORBIDDEN_MODEL);
    }

    @ParameterizedTest
    @CsvSource({"openai/gpt-5", "openai/*"})
    void shouldKeepAModelOfAPatternToItsTermsByItsNameAndByThePatterns(String model) {
        GatewayConfig config = TestConfig.load("""
                model_list:
                  - model_name: openai/*
                    litellm_params: {model: openai/*, api_key: x-1}
                holders: [{scope: model, id: "%s", denied_tools: [shell]}]
                api_keys: [{key: %s, name: blue}]
                """.formatted(model, BLUE));
        ingress.directory.put(config);
        ingress.routes.put(config);

        assertForbidden(post(TOOLS.replace("smart", "openai/gpt-5")), "tool_not_allowed", NoticeKind.FORBIDDEN_TOOL);
    }

    @Test
    void shouldLetInARequestThatHasExactlyAsManyTokensAsItMay() throws Exception {
        inForce(", max_tokens_per_request: 80", "");
        String body = "{\"model\":\"smart\",\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        ingress.send(post(body.formatted(1)));
        long prompt = ingress.outbox.next().request().inputTokens();

        assertTaken(post(body.formatted(80 - prompt)));

        assertThat(ingress.answer(post(body.formatted(81 - prompt))).statusCode())
                .isEqualTo(400);
    }
}
