package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Shortage;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.money.Window;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused without asking a router, and what is not. A token of an answer costs 10,000 billionths of a dollar, or 2,000. */
class SpentBudgetTest {
    private static final String BLUE = "sk-blue-0123456789";
    private static final String CONFIG = """
            model_list:
              - model_name: paid
                litellm_params: {model: openai/paid, api_base: "http://127.0.0.1:9", api_key: x-1}
                model_info: {input_cost_per_token: 0, output_cost_per_token: 0.00001, max_output_tokens: 100}
              - model_name: cheap
                litellm_params: {model: openai/cheap, api_base: "http://127.0.0.1:9", api_key: x-1}
                model_info: {input_cost_per_token: 0, output_cost_per_token: 0.000002, max_output_tokens: 100}
              - model_name: nobody-knows
                litellm_params: {model: openai/nobody-knows, api_base: "http://127.0.0.1:9", api_key: x-1}
              - model_name: home-llama
                litellm_params: {model: ollama/llama3.2, api_base: "http://127.0.0.1:11434"}
            lanes:
              premium: {privacy: cloud_allowed}
            routes:
              paid: {lane: premium, chain: [paid]}
              falls-back: {lane: premium, chain: [paid, cheap]}
              goes-home: {lane: premium, chain: [paid, home-llama]}
              unpriced: {lane: premium, chain: [paid, nobody-knows]}
            api_keys:
              - {key: %s, name: blue, rpm_limit: 9, budget: 0.00032, budget_reset_frequency: yearly}
            """.formatted(BLUE);
    private static final long LIMIT = 320_000;

    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    private final TestIngress ingress = TestIngress.start();

    @BeforeEach
    void inForce() {
        GatewayConfig config = TestConfig.load(CONFIG);
        ingress.directory.put(config);
        ingress.routes.put(config);
        ingress.clock = now::get;
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    private static String body(String route, int tokens) {
        return "{\"model\":\"" + route + "\"," + (tokens == 0 ? "" : "\"max_tokens\":" + tokens + ",")
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    private HttpRequest.Builder call(String route, int tokens) {
        return ingress.post("/v1/chat/completions", body(route, tokens)).setHeader("authorization", "Bearer " + BLUE);
    }

    /** A call of which a router says that no more than so much is left, whatever is held. */
    private HttpResponse<String> unpaid(String route, int tokens, long left) throws Exception {
        CompletableFuture<HttpResponse<String>> asked = ingress.send(call(route, tokens));
        Request request = ingress.outbox.next().request();
        List<Window> windows = Window.of(ingress.directory.payers("blue", null), request.acceptedAt());
        ingress.unpaid(request.id(), new Shortage(windows.getFirst().text(), Money.ofNanos(left)));
        return TestIngress.answer(asked);
    }

    /** What goes to a router. */
    private Request asked(String route, int tokens) throws Exception {
        CompletableFuture<HttpResponse<String>> sent = ingress.send(call(route, tokens));
        Request request = ingress.outbox.next().request();
        ingress.wholeAnswer(request.id(), "{}");
        assertThat(TestIngress.answer(sent).statusCode()).isEqualTo(200);
        return request;
    }

    private long requestsCounted() {
        HttpResponse<String> page =
                ingress.answer(ingress.request("/rate_limit_status").setHeader("authorization", "Bearer " + BLUE));
        return new JsonObject(page.body())
                .getJsonArray("limits")
                .getJsonObject(0)
                .getLong("used");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void shouldRefuseWhoeverRepeatsWhatCouldNotBePaid() throws Exception {
        unpaid("paid", 10, 99_999);

        HttpResponse<String> refused = ingress.answer(call("paid", 10));

        assertThat(refused.statusCode()).isEqualTo(429);
        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("insufficient_quota");
        assertThat(error.getString("code")).isEqualTo("budget_exceeded");
        assertThat(error.getString("message"))
                .matches(
                        "The budget '.*' of this API key has \\$0\\.000099999 left of \\$0\\.00032, and this request may"
                                + " cost up to \\$0\\.0001\\. It begins anew at .*-01-01T00:00:00Z\\.");
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        assertThat(Long.parseLong(header(refused, "retry-after"))).isPositive();
        assertThat(header(refused, "x-laneway-route")).isEqualTo("paid");
        assertThat(header(refused, "x-laneway-attempts")).isEqualTo("0");
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldRefuseInAnthropicsWords() throws Exception {
        unpaid("paid", 10, 0);

        HttpResponse<String> refused = ingress.answer(
                ingress.post("/v1/messages", body("paid", 10)).setHeader("authorization", "Bearer " + BLUE));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(new JsonObject(refused.body()).getString("type")).isEqualTo("error");
        assertThat(new JsonObject(refused.body()).getJsonObject("error").getString("message"))
                .contains("$0 left");
    }

    @Test
    void shouldCountWhatItRefusesAndTellOfTheKey() throws Exception {
        unpaid("paid", 10, 0);

        ingress.answer(call("paid", 10));

        assertThat(ingress.count(IngressMetric.BUDGET_REFUSED, MetricTag.SCOPE, "key"))
                .isEqualTo(1);
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "budget_exceeded"))
                .isEqualTo(1);
        await().until(() -> !ingress.outbox.notices.isEmpty());
        assertThat(ingress.outbox.notices.getFirst().kind()).isEqualTo(NoticeKind.BUDGET_EXCEEDED);
        assertThat(ingress.outbox.notices.getFirst().owner()).isEqualTo("blue");
    }

    @Test
    void shouldHoldNothingOfWhatItRefuses() throws Exception {
        unpaid("paid", 10, 0);

        ingress.answer(call("paid", 10));

        assertThat(requestsCounted()).isZero();
        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
    }

    @Test
    void shouldAskForASmallCallThatMayBePaid() throws Exception {
        unpaid("paid", 10, 50_000);

        Request request = asked("paid", 5);

        assertThat(request.maxTokens()).isEqualTo(5);
    }

    @Test
    void shouldAskWhereOneTokenMayBePaidOfACallThatSaysNoNumber() throws Exception {
        unpaid("paid", 10, 10_000);

        Request request = asked("paid", 0);

        assertThat(request.maxTokens()).isZero();
    }

    @Test
    void shouldRefuseACallThatSaysNoNumberWhereNotOneTokenCanBePaid() throws Exception {
        unpaid("paid", 10, 9_999);

        HttpResponse<String> refused = ingress.answer(call("paid", 0));

        assertThat(refused.statusCode()).isEqualTo(429);
    }

    @Test
    void shouldAskWhereACheaperHopMayBePaid() throws Exception {
        unpaid("falls-back", 20, 39_999);
        assertThat(ingress.answer(call("falls-back", 20)).statusCode()).isEqualTo(429);

        Request request = asked("falls-back", 19);

        assertThat(request.route()).isEqualTo("falls-back");
    }

    @Test
    void shouldAskWhereADeploymentCostsNothing() throws Exception {
        unpaid("paid", 10, 0);

        Request request = asked("goes-home", 10);

        assertThat(request.route()).isEqualTo("goes-home");
    }

    /** The router refuses it in other words. */
    @Test
    void shouldAskWhereADeploymentHasNoPrice() throws Exception {
        unpaid("paid", 10, 0);

        Request request = asked("unpriced", 10);

        assertThat(request.route()).isEqualTo("unpriced");
    }

    /** A call of which a router says what is left of the budgets of scopes. */
    private void unpaidBy(Map<Scope, Long> left) throws Exception {
        CompletableFuture<HttpResponse<String>> asked = ingress.send(call("paid", 10));
        Request request = ingress.outbox.next().request();
        Deployment deployment = ingress.routes.config().deployments().values().stream()
                .filter(each -> each.group().equals("paid"))
                .findFirst()
                .orElseThrow();
        List<Holder> holders = new ArrayList<>(ingress.directory.payers("blue", request.payer()));
        holders.addAll(ingress.directory.targets(deployment.group(), deployment.provider(), deployment.id()));
        Shortage[] shortages = Window.of(holders, request.acceptedAt()).stream()
                .filter(window -> left.containsKey(window.scope()))
                .map(window -> new Shortage(window.text(), Money.ofNanos(left.get(window.scope()))))
                .toArray(Shortage[]::new);
        assertThat(shortages).hasSameSizeAs(left.keySet());
        ingress.unpaid(request.id(), shortages);
        TestIngress.answer(asked);
    }

    private static Control.Purse purse(Scope scope, String id) {
        Budget budget = Budget.of(Money.ofDollars("0.5"), BudgetPeriod.of("1y"));
        return new Control.Purse(1, scope, id, Terms.budgeted(budget), false, null);
    }

    @ParameterizedTest
    @CsvSource({"MODEL, paid", "PROVIDER, openai", "GLOBAL, all"})
    void shouldGoByTheBudgetsOfWhatItWouldGoToAndOfEverything(Scope scope, String id) throws Exception {
        ingress.directory.put(purse(scope, id));
        unpaidBy(Map.of(scope, 99_999L));

        HttpResponse<String> refused = ingress.answer(call("paid", 10));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(ingress.count(IngressMetric.BUDGET_REFUSED, MetricTag.SCOPE, scope.id()))
                .isEqualTo(1);
        assertThat(asked("paid", 9).maxTokens()).isEqualTo(9);
    }

    @Test
    void shouldGoByTheBudgetOfATag() throws Exception {
        ingress.directory.put(purse(Scope.TAG, "nightly"));
        HttpRequest.Builder tagged = call("paid", 10).header("x-litellm-tags", "nightly");
        CompletableFuture<HttpResponse<String>> first = ingress.send(tagged);
        Request request = ingress.outbox.next().request();
        Window window = Window.of(ingress.directory.payers("blue", request.payer()), request.acceptedAt()).stream()
                .filter(each -> each.scope() == Scope.TAG)
                .findFirst()
                .orElseThrow();
        ingress.unpaid(request.id(), new Shortage(window.text(), Money.ZERO));
        TestIngress.answer(first);

        HttpResponse<String> refused = ingress.answer(tagged);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(asked("paid", 10).owner()).isEqualTo("blue");
    }

    @Test
    void shouldNameTheBudgetThatHasTheLeast() throws Exception {
        ingress.directory.put(purse(Scope.MODEL, "paid"));
        unpaidBy(Map.of(Scope.KEY, 3L, Scope.MODEL, 2_000L));

        JsonObject refused = new JsonObject(ingress.answer(call("paid", 10)).body());

        assertThat(refused.getJsonObject("error").getString("message")).contains("$0.000000003 left of");
    }

    /** What a cheaper one of them could be paid for, the router finds. */
    @Test
    void shouldAskWhereAnotherDeploymentOfAHopMayBePaid() throws Exception {
        GatewayConfig two = TestConfig.load(
                CONFIG.replace("model_name: cheap", "model_name: paid").replace("[paid, cheap]", "[paid]"));
        ingress.directory.put(two);
        ingress.routes.put(two);
        unpaid("paid", 20, 39_999);
        assertThat(ingress.answer(call("paid", 20)).statusCode()).isEqualTo(429);

        assertThat(asked("paid", 19).maxTokens()).isEqualTo(19);
    }

    @Test
    void shouldAskForOtherKeys() throws Exception {
        unpaid("paid", 10, 0);

        ingress.send(ingress.post("/v1/chat/completions", body("paid", 10)));

        assertThat(ingress.outbox.next().request().owner()).isEqualTo("master");
    }

    @Test
    void shouldAskAtOnceWhenTheKeyIsChanged() throws Exception {
        unpaid("paid", 10, 0);
        ingress.directory.put(new Control.Purse(1, Scope.TAG, "t", Terms.NONE, false, null));
        assertThat(ingress.answer(call("paid", 10)).statusCode()).isEqualTo(429);

        ingress.directory.put(key(ingress.directory.terms(Scope.KEY, "blue")));

        assertThat(asked("paid", 10).owner()).isEqualTo("blue");
    }

    private static Control.Key key(Terms terms) {
        return new KeyDraft("blue", "ab".repeat(32), 0)
                .terms(terms)
                .by("cmd_1", 1)
                .build();
    }

    @Test
    void shouldBelieveNothingThatWasAskedBeforeTheKeyWasChanged() throws Exception {
        CompletableFuture<HttpResponse<String>> before = ingress.send(call("paid", 10));
        Request request = ingress.outbox.next().request();
        Window window = Window.of(ingress.directory.payers("blue", null), request.acceptedAt())
                .getFirst();
        ingress.directory.put(key(ingress.directory.terms(Scope.KEY, "blue")));
        ingress.unpaid(request.id(), new Shortage(window.text(), Money.ZERO));
        assertThat(TestIngress.answer(before).statusCode()).isEqualTo(429);

        Request after = asked("paid", 10);

        assertThat(after.owner()).isEqualTo("blue");
    }

    @Test
    void shouldLetOneAskAgainASecondLaterAndRefuseTheOthersMeanwhile() throws Exception {
        unpaid("paid", 10, 0);
        now.addAndGet(900);

        CompletableFuture<HttpResponse<String>> probe = ingress.send(call("paid", 10));
        Request asked = ingress.outbox.next().request();
        List<Integer> others = List.of(
                ingress.answer(call("paid", 10)).statusCode(),
                ingress.answer(call("paid", 10)).statusCode());

        assertThat(others).containsExactly(429, 429);
        assertThat(ingress.outbox.published).isEmpty();
        ingress.wholeAnswer(asked.id(), "{}");
        assertThat(TestIngress.answer(probe).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAskWhenWhatIsKnownIsOld() throws Exception {
        unpaid("paid", 10, 0);
        now.addAndGet(1_200);

        Request one = asked("paid", 10);
        Request other = asked("paid", 10);

        assertThat(one.id()).isNotEqualTo(other.id());
    }

    /** Held money may be given back. */
    @Test
    void shouldRememberNothingWhereARouterOnlyHadNoRoom() throws Exception {
        CompletableFuture<HttpResponse<String>> first = ingress.send(call("paid", 10));
        ingress.unpaid(ingress.outbox.next().request().id());
        assertThat(TestIngress.answer(first).statusCode()).isEqualTo(429);

        Request second = asked("paid", 10);

        assertThat(second.owner()).isEqualTo("blue");
    }

    @Test
    void shouldLeaveNoIdempotencyKeyBehind() throws Exception {
        unpaid("paid", 10, 0);
        HttpResponse<String> refused = ingress.answer(call("paid", 10).header("idempotency-key", "order-17"));
        now.addAndGet(1_200);

        CompletableFuture<HttpResponse<String>> again =
                ingress.send(call("paid", 5).header("idempotency-key", "order-17"));
        Request request = ingress.outbox.next().request();
        ingress.wholeAnswer(request.id(), "{}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(TestIngress.answer(again).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGoByALimitThatIsRaised() throws Exception {
        unpaid("paid", 10, 0);
        GatewayConfig raised = TestConfig.load(CONFIG.replace("0.00032", "0.00033"));
        ingress.directory.put(raised);

        Request request = asked("paid", 10);

        assertThat(Window.of(ingress.directory.payers("blue", null), request.acceptedAt())
                        .getFirst()
                        .limit())
                .isGreaterThan(LIMIT);
    }

    /** Whatever it says: even the same budget may be another one's by now. */
    @Test
    void shouldAskAtOnceWhenAnotherConfigIsInForce() throws Exception {
        unpaid("paid", 10, 0);
        ingress.routes.put(TestConfig.load(CONFIG));

        Request request = asked("paid", 10);

        assertThat(request.owner()).isEqualTo("blue");
    }

    @Test
    void shouldBelieveNothingThatWasAskedBeforeAnotherConfig() throws Exception {
        CompletableFuture<HttpResponse<String>> before = ingress.send(call("paid", 10));
        Request request = ingress.outbox.next().request();
        Window window = Window.of(ingress.directory.payers("blue", null), request.acceptedAt())
                .getFirst();
        ingress.routes.put(TestConfig.load(CONFIG));
        ingress.unpaid(request.id(), new Shortage(window.text(), Money.ZERO));
        assertThat(TestIngress.answer(before).statusCode()).isEqualTo(429);

        Request after = asked("paid", 10);

        assertThat(after.owner()).isEqualTo("blue");
    }

    /** Its own terms may say nothing of a budget. */
    @Test
    void shouldAskAtOnceWhenTheBudgetThatAKeyRefersToIsChanged() throws Exception {
        unpaid("paid", 10, 0);
        ingress.directory.put(new Control.Template(1, "b", Terms.NONE, false, null, 0));

        Request request = asked("paid", 10);

        assertThat(request.owner()).isEqualTo("blue");
    }

    /** That is what a router would have said of it first. */
    @Test
    void shouldSayWhatTheFirstDeploymentWouldCost() throws Exception {
        unpaid("falls-back", 20, 3);

        JsonObject refused =
                new JsonObject(ingress.answer(call("falls-back", 20)).body());

        assertThat(refused.getJsonObject("error").getString("message")).contains("may cost up to $0.0002.");
    }
}
