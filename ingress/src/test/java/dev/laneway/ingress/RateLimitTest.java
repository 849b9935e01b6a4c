package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.ProcessRates;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of keys and of whoever else has some, as clients meet them. */
class RateLimitTest {
    private static final String BLUE = "sk-blue-0123456789";

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

    private CompletableFuture<HttpResponse<String>> ask() {
        return ingress.send(ingress.chat("smart", false).setHeader("authorization", "Bearer " + BLUE));
    }

    /** Asks, and answers for the vendor. */
    private HttpResponse<String> answered() throws Exception {
        CompletableFuture<HttpResponse<String>> asked = ask();
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");
        return TestIngress.answer(asked);
    }

    private JsonObject error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getJsonObject("error");
    }

    private JsonObject status(String query, String key) {
        HttpResponse<String> page = ingress.answer(
                ingress.request("/rate_limit_status" + query).setHeader("authorization", "Bearer " + key));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return new JsonObject(page.body());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void shouldRefuseOneMoreAndSayWhoseLimitItIsAndWhenThereIsRoom() throws Exception {
        inForce(", rpm_limit: 2", "");
        answered();
        answered();

        HttpResponse<String> refused = TestIngress.answer(ask());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(error(refused).getString("type")).isEqualTo("rate_limit_error");
        assertThat(error(refused).getString("code")).isEqualTo("rate_limit_exceeded");
        assertThat(error(refused).getString("message"))
                .isEqualTo("Rate limit reached of key blue: 2 requests per minute.");
        assertThat(Integer.parseInt(header(refused, "retry-after"))).isBetween(50, 61);
        assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(ingress.outbox.published).isEmpty();
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "rate_limited"))
                .isEqualTo(1);
    }

    @Test
    void shouldSpeakAnthropicsWords() throws Exception {
        inForce(", rpm_limit: 1", "");
        answered();

        HttpResponse<String> refused = ingress.answer(ingress.post("/v1/messages", TestIngress.body("smart", false))
                .setHeader("authorization", "Bearer " + BLUE));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "anthropic-ratelimit-requests-remaining")).isEqualTo("0");
        assertThat(header(refused, "anthropic-ratelimit-requests-reset")).matches("20\\d\\d-.*Z");
        assertThat(new JsonObject(refused.body()).getString("type")).isEqualTo("error");
        assertThat(error(refused).getString("type")).isEqualTo("rate_limit_error");
    }

    @Test
    void shouldTellWhatIsLeftOfTheTightestInPlaceOfTheVendors() throws Exception {
        inForce(", rpm_limit: 100", "rate_limit: {requests_per_minute: 10, tokens_per_minute: 5000}\n");
        CompletableFuture<HttpResponse<String>> asked = ask();
        String id = ingress.outbox.next().request().id();
        ingress.reply(
                new Reply.Frame(
                        id,
                        id + ":0:0",
                        0,
                        new Reply.Head(
                                "d_1",
                                Zone.CLOUD,
                                1,
                                0,
                                "application/json",
                                Map.of("x-ratelimit-limit-requests", "9999", "x-other", "y")),
                        TestIngress.END),
                "{}");

        HttpResponse<String> answer = TestIngress.answer(asked);

        assertThat(header(answer, "x-ratelimit-limit-requests")).isEqualTo("10");
        assertThat(header(answer, "x-ratelimit-remaining-requests")).isEqualTo("9");
        assertThat(header(answer, "x-ratelimit-reset-requests")).matches("1m[01]s");
        assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("5000");
        assertThat(Integer.parseInt(header(answer, "x-ratelimit-remaining-tokens")))
                .isLessThan(5000);
        assertThat(header(answer, "x-other")).isEqualTo("y");
    }

    @Test
    void shouldCountTheTokensThatAnAnswerUsed() throws Exception {
        inForce(", tpm_limit: 100", "");
        CompletableFuture<HttpResponse<String>> asked = ask();
        String id = ingress.outbox.next().request().id();
        long before = used(status("", BLUE));
        ingress.reply(
                new Reply.Frame(
                        id,
                        id + ":0:0",
                        0,
                        TestIngress.head(1, 0, "application/json"),
                        new Reply.End(TokenUsage.of(40, 55))),
                "{}");
        TestIngress.answer(asked);

        HttpResponse<String> refused = TestIngress.answer(ask());

        assertThat(before).isBetween(8L, 60L);
        assertThat(used(status("", BLUE))).isEqualTo(95);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(error(refused).getString("message")).contains("100 tokens per minute");
    }

    @Test
    void shouldCountNoTokensOfWhatFailed() throws Exception {
        inForce(", tpm_limit: 100, rpm_limit: 9", "");
        CompletableFuture<HttpResponse<String>> asked = ask();
        ingress.failed(ingress.outbox.next().request().id(), FailureKind.SERVER_ERROR, 502, 0);
        TestIngress.answer(asked);

        JsonObject status = status("", BLUE);

        assertThat(status.getJsonArray("limits").getJsonObject(0).getLong("used"))
                .isEqualTo(1);
        assertThat(status.getJsonArray("limits").getJsonObject(1).getLong("used"))
                .isZero();
    }

    @Test
    void shouldCountNothingThatWasRefusedBeforeAnybodyWasCalled() throws Exception {
        inForce(", tpm_limit: 100, rpm_limit: 9, max_parallel_requests: 2", "");
        CompletableFuture<HttpResponse<String>> asked = ask();
        ingress.refused(ingress.outbox.next().request().id(), FailureKind.BUDGET_EXCEEDED, 429);
        TestIngress.answer(asked);

        JsonObject status = status("", BLUE);

        assertThat(status.getJsonArray("limits")).allMatch(limit -> ((JsonObject) limit).getLong("used") == 0);
    }

    @Test
    void shouldLetInAsManyAtOnceAsAreAllowed() throws Exception {
        inForce(", max_parallel_requests: 1", "");
        CompletableFuture<HttpResponse<String>> first = ask();
        String id = ingress.outbox.next().request().id();

        HttpResponse<String> second = TestIngress.answer(ask());
        ingress.wholeAnswer(id, "{}");
        TestIngress.answer(first);
        HttpResponse<String> third = answered();

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(error(second).getString("message")).contains("1 parallel requests");
        assertThat(Integer.parseInt(header(second, "retry-after"))).isBetween(1, 3);
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBurnNobodysQuotaWhereAnotherHasNone() throws Exception {
        inForce(", rpm_limit: 9", "holders: [{scope: model, id: smart, rpm_limit: 1}]\n");
        answered();

        HttpResponse<String> refused = TestIngress.answer(ask());

        assertThat(error(refused).getString("message")).contains("model smart: 1 requests per minute");
        assertThat(status("", BLUE).getJsonArray("limits").getJsonObject(0).getLong("used"))
                .isEqualTo(1);
    }

    @Test
    void shouldCountNothingThatTheBrokerDidNotTake() throws Exception {
        inForce(", rpm_limit: 9, tpm_limit: 1000, max_parallel_requests: 2", "");
        ingress.outbox.acknowledges = false;
        CompletableFuture<HttpResponse<String>> asked = ask();
        ingress.outbox.next().fail(new IllegalStateException("away"));
        TestIngress.answer(asked);

        JsonObject status = status("", BLUE);

        assertThat(status.getJsonArray("limits")).allMatch(limit -> ((JsonObject) limit).getLong("used") == 0);
    }

    @Test
    void shouldShowAnyKeysLimitsToAnAdminAlone() throws Exception {
        inForce(", rpm_limit: 9", "");
        answered();

        JsonObject seen = status("?key=blue", TestIngress.KEY);
        HttpResponse<String> refused = ingress.answer(
                ingress.request("/rate_limit_status?key=master").setHeader("authorization", "Bearer " + BLUE));

        assertThat(seen.getString("key")).isEqualTo("blue");
        assertThat(seen.getJsonArray("limits").getJsonObject(0).getMap())
                .containsEntry("scope", "key")
                .containsEntry("kind", "requests_per_minute")
                .containsEntry("remaining", 8);
        assertThat(status("?key=" + BLUE, TestIngress.KEY)).isEqualTo(seen);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(ingress.answer(ingress.request("/rate_limit_status?key=nobody"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldShowNothingOfAKeyThatIsGone() {
        ingress.directory.put(new KeyDraft("gone", FileKey.digest("sk-gone-0123456789"), 0)
                .deleted(true)
                .by("cmd_1", 1)
                .build());

        HttpResponse<String> page = ingress.answer(ingress.request("/rate_limit_status?key=gone"));

        assertThat(page.statusCode()).isEqualTo(404);
    }

    /** Without it a place would come free while its request is under way. */
    @Test
    void shouldKeepThePlacesOfRequestsThatTakeLong() throws Exception {
        List<String> renewed = new CopyOnWriteArrayList<>();
        RateStore counts = new ProcessRates(System::currentTimeMillis);
        RateStore listening = (RateStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RateStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("renew")) {
                        ((List<?>) arguments[0]).forEach(ask -> renewed.add(((RateStore.Ask) ask).request()));
                    }
                    return method.invoke(counts, arguments);
                });
        try (TestIngress slow = TestIngress.start(listening)) {
            inForce(slow, ", max_parallel_requests: 1");
            slow.send(slow.chat("smart", false).setHeader("authorization", "Bearer " + BLUE));

            String id = slow.outbox.next().request().id();

            await().until(() -> renewed.contains(id));
        }
    }

    @Test
    void shouldShowNoLimitOfAModelThatTheKeyMayNotCall() {
        inForce(", models: [smart]", """
                holders:
                  - {scope: model, id: secure, rpm_limit: 5}
                  - {scope: model, id: smart, rpm_limit: 6}
                """);

        JsonObject seen = status("", BLUE);

        assertThat(seen.getJsonArray("limits"))
                .singleElement()
                .extracting(limit -> ((JsonObject) limit).getString("id"))
                .isEqualTo("smart");
        assertThat(status("?key=blue", TestIngress.KEY)).isEqualTo(seen);
    }

    @Test
    void shouldShowLimitsOfDeploymentsAndProvidersToAnAdminAlone() {
        GatewayConfig config = TestConfig.routesAnd("""
                router_settings: {optional_pre_call_checks: [enforce_model_rate_limits]}
                api_keys: [{key: %s, name: blue, rpm_limit: 9}]
                holders: [{scope: provider, id: anthropic, tpm_limit: 8000}]
                """.formatted(BLUE));
        ingress.directory.put(config);
        ingress.routes.put(config);

        JsonObject seen = status("", TestIngress.KEY);

        assertThat(seen.getJsonArray("limits"))
                .singleElement()
                .isEqualTo(new JsonObject()
                        .put("scope", "provider")
                        .put("id", "anthropic")
                        .put("kind", "tokens_per_minute")
                        .put("limit", 8_000)
                        .put("used", 0)
                        .put("remaining", 8_000)
                        .put("reset_seconds", 0));
        assertThat(status("", BLUE).getJsonArray("limits"))
                .singleElement()
                .matches(limit -> ((JsonObject) limit).getString("scope").equals("key"));
    }

    @Test
    void shouldLetInUncountedWhatIsOpenAndCountThat() throws Exception {
        try (TestIngress blind = TestIngress.start(new Away())) {
            inForce(blind, "");
            CompletableFuture<HttpResponse<String>> asked =
                    blind.send(blind.chat("smart", false).setHeader("authorization", "Bearer " + BLUE));
            blind.wholeAnswer(blind.outbox.next().request().id(), "{}");

            assertThat(TestIngress.answer(asked).statusCode()).isEqualTo(200);
            assertThat(blind.count(IngressMetric.LIMITS_OPEN)).isEqualTo(1);
            await().until(() -> !blind.outbox.notices.isEmpty());
            assertThat(blind.outbox.notices.getFirst().kind()).isEqualTo(NoticeKind.UNCOUNTED);
        }
    }

    @Test
    void shouldTurnDownWhatIsClosed() {
        try (TestIngress blind = TestIngress.start(new Away())) {
            inForce(blind, ", when_away: closed");

            HttpResponse<String> refused =
                    blind.answer(blind.chat("smart", false).setHeader("authorization", "Bearer " + BLUE));

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(error(refused).getString("code")).isEqualTo("limits_unavailable");
            assertThat(header(refused, "retry-after")).isNotEmpty();
        }
    }

    private static void inForce(TestIngress other, String terms) {
        GatewayConfig config =
                TestConfig.routesAnd("api_keys: [{key: " + BLUE + ", name: blue, rpm_limit: 5" + terms + "}]\n");
        other.directory.put(config);
    }

    private static long used(JsonObject status) {
        return status.getJsonArray("limits").getJsonObject(0).getLong("used");
    }

    /** A memory that does not answer. */
    private static final class Away implements RateStore {
        @Override
        public Future<Verdict> admit(Ask ask) {
            return Future.failedFuture("away");
        }

        @Override
        public void settle(Settlement settlement) {
            throw new AssertionError("nothing was counted");
        }

        @Override
        public void renew(List<Ask> underWay) {
            throw new AssertionError("nothing was counted");
        }

        @Override
        public Future<Counted> look(List<Limited> holders) {
            return Future.failedFuture("away");
        }

        @Override
        public Future<Void> ready() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
