package dev.laneway.ingress.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WhenAway;
import dev.laneway.dialects.openai.OpenAiChatInbound;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.rate.Limited;
import dev.laneway.runtime.rate.RateKind;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request of the key {@code ada}, of ten tokens and an answer of at most ninety. */
class RateGateTest {
    private static final long NOW = 1_795_000_000_000L;
    private static final RateLimits PLACES = new RateLimits(0, 0, 0, 0, 4, 0);
    private static final RateLimits TOKENS = new RateLimits(0, 900, 0, 0, 0, 0);

    private final Store store = new Store();
    private final Directory directory = new Directory();
    private final List<String> notices = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Meters meters = Meters.create();
    private final RateGate gate =
            new RateGate(directory, store, (owner, kind) -> notices.add(owner + " " + kind), meters);
    private @Nullable RatePass passed;
    private @Nullable Rejection refused;

    @AfterEach
    void close() {
        meters.close();
    }

    private void hold(Scope scope, String id, RateLimits limits, @Nullable WhenAway away) {
        Terms terms = new Terms(null, null, null, List.of(), null, limits, List.of(), null, away);
        directory.put(new Control.Purse(1, scope, id, terms, false, null));
    }

    private void admit() {
        admit("route");
    }

    private void admit(String route) {
        HttpServerResponse response = (HttpServerResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerResponse.class}, (proxy, method, arguments) -> {
                    headers.put(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
                    return proxy;
                });
        HttpServerRequest http = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> response);
        Request request = RequestFixture.request().owner("ada").maxTokens(90).build();
        gate.admit(new Call(http, new OpenAiChatInbound(), "req_1", NOW, 0), request, route, new RateGate.Comer() {
            @Override
            public void passed(RatePass pass) {
                passed = pass;
            }

            @Override
            public void refused(Rejection why) {
                refused = why;
            }
        });
    }

    @Test
    void shouldCountForTheRouteAndForTheNameThatTheRequestGivesIt() {
        hold(Scope.MODEL, "route", TOKENS, null);
        hold(Scope.MODEL, "rou*", TOKENS, null);
        hold(Scope.MODEL, "another", TOKENS, null);

        admit("rou*");

        assertThat(store.asked.getFirst().holders()).extracting(Limited::id).containsExactly("route", "rou*");
    }

    @Test
    void shouldCountARouteOnceThatTheRequestNames() {
        hold(Scope.MODEL, "route", TOKENS, null);

        admit("route");

        assertThat(store.asked.getFirst().holders()).extracting(Limited::id).containsExactly("route");
    }

    @Test
    void shouldLetInUnaskedWhatIsUnderNoLimit() {
        hold(Scope.MODEL, "another", TOKENS, null);

        admit();

        assertThat(passed).isSameAs(RatePass.FREE);
        assertThat(store.asked).isEmpty();
    }

    /** How long a request may be is looked up, and not counted. */
    @Test
    void shouldAskNobodyAboutTheTokensOfOneRequest() {
        hold(Scope.MODEL, "route", new RateLimits(0, 0, 0, 0, 0, 500), WhenAway.CLOSED);

        admit();

        assertThat(passed).isSameAs(RatePass.FREE);
        assertThat(store.asked).isEmpty();
    }

    /** One of them is enough. */
    @ParameterizedTest
    @CsvSource({"CLOSED, OPEN", "OPEN, CLOSED", "CLOSED, CLOSED"})
    void shouldTurnDownWhatNobodyCountsWhereOneOfItsHoldersIsClosed(WhenAway all, WhenAway model) {
        hold(Scope.GLOBAL, Scope.ALL, TOKENS, all);
        hold(Scope.MODEL, "route", TOKENS, model);
        store.verdict = Future.failedFuture("away");

        admit();

        assertThat(refused).extracting(Rejection::reason).isEqualTo(Refusal.LIMITS_AWAY);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldNoticeWhatPassesUncounted() {
        hold(Scope.MODEL, "route", TOKENS, WhenAway.OPEN);
        store.verdict = Future.failedFuture("away");

        admit();

        assertThat(passed).isSameAs(RatePass.FREE);
        assertThat(notices).containsExactly("ada " + NoticeKind.UNCOUNTED);
    }

    @Test
    void shouldKeepThePlacesOfWhatIsUnderWay() {
        hold(Scope.MODEL, "route", PLACES, null);
        admit();

        gate.renew();

        assertThat(store.renewed).extracting(RateStore.Ask::request).containsExactly("req_1");
    }

    @Test
    void shouldKeepNoPlaceOfWhatIsOver() {
        hold(Scope.MODEL, "route", PLACES, null);
        admit();
        passed().answered(TokenUsage.of(10, 90));

        gate.renew();

        assertThat(store.renewed).isEmpty();
    }

    @Test
    void shouldKeepNoPlaceWhereNoneIsLimited() {
        hold(Scope.MODEL, "route", TOKENS, null);
        admit();

        gate.renew();

        assertThat(store.renewed).isEmpty();
    }

    /** It uses what was expected: only the place is to be given back. */
    @ParameterizedTest
    @CsvSource({"4, 1", "0, 0"})
    void shouldSettleWhatUsedAllOfItOnlyWhereItHasAPlace(int places, int settlements) {
        hold(Scope.MODEL, "route", new RateLimits(0, 900, 0, 0, places, 0), null);
        admit();

        passed().answered(TokenUsage.of(10, 90));

        assertThat(store.settled).hasSize(settlements);
    }

    @Test
    void shouldLeaveWhatWasExpectedWhereTheVendorDoesNotSay() {
        hold(Scope.MODEL, "route", new RateLimits(0, 900, 0, 0, 4, 0), null);
        admit();

        passed().answered(null);

        assertThat(store.settled).containsExactly(settlement(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"7, 0, -93", "10, 0, -90", "10, 200, -40", "10, 203, -40", "10, 360, 0", "10, 9000, 0", "400, 0, 0"})
    void shouldCountOfACutAnswerThePromptAndWhatWasToldAndNeverMoreThanWasExpected(
            long prompt, long toldBytes, long difference) {
        hold(Scope.MODEL, "route", new RateLimits(0, 900, 0, 0, 4, 0), null);
        admit();

        passed().cut(prompt, toldBytes);

        assertThat(store.settled).containsExactly(settlement(0, difference));
    }

    @Test
    void shouldCountNothingOfWhatIsRefunded() {
        hold(Scope.MODEL, "route", new RateLimits(9, 900, 0, 0, 0, 0), null);
        admit();

        passed().refund();

        assertThat(store.settled).containsExactly(settlement(-1, -100));
    }

    @Test
    void shouldSettleOnce() {
        hold(Scope.MODEL, "route", TOKENS, null);
        admit();
        passed().unanswered();

        passed().refund();
        passed().answered(TokenUsage.of(1, 1));
        passed().cut(1, 1);

        assertThat(store.settled).containsExactly(settlement(0, -100));
    }

    private RatePass passed() {
        assertThat(passed).isNotNull();
        return passed;
    }

    private RateStore.Settlement settlement(long requests, long tokens) {
        return new RateStore.Settlement("req_1", store.asked.getFirst().holders(), NOW, requests, tokens);
    }

    /** To come again would be no use. */
    @ParameterizedTest
    @CsvSource({"9, false", "10, true"})
    void shouldSayOfAPromptThatIsMoreThanALimitThatItNeverPasses(long limit, boolean retry) {
        hold(Scope.MODEL, "route", new RateLimits(0, limit, 0, 0, 0, 0), null);
        store.refuses = RateKind.TOKENS_PER_MINUTE;

        admit();

        assertThat(headers.get("x-should-retry")).isEqualTo(retry ? null : "false");
        assertThat(refused.error().message())
                .isEqualTo(
                        retry
                                ? "Rate limit reached of model route: 10 tokens per minute."
                                : "The prompt alone has about 10 tokens, more than the limit of model route: 9 tokens per"
                                        + " minute.");
        assertThat(refused.retryAfterMillis()).isEqualTo(1);
    }

    /** Tight is what has the least part of it left, be it many. */
    @ParameterizedTest
    @CsvSource({
        "10, 1, 100, 80, 100, 20",
        "10, 9, 100, 80, 10, 1",
        "10, 0, 100, 0, 10, 10",
        "10, 12, 100, 0, 10, 0",
    })
    void shouldTellWhatIsLeftOfTheTightest(
            long small, long usedOfSmall, long large, long usedOfLarge, String limit, String remaining) {
        hold(Scope.GLOBAL, Scope.ALL, new RateLimits(small, 0, 0, 0, 0, 0), null);
        hold(Scope.MODEL, "route", new RateLimits(0, 0, large, 0, 0, 0), null);
        store.used = List.of(new RateStore.Use(usedOfSmall, 0, 0, 0, 0), new RateStore.Use(0, 0, usedOfLarge, 0, 0));

        admit();

        assertThat(headers)
                .containsEntry("x-ratelimit-limit-requests", limit)
                .containsEntry("x-ratelimit-remaining-requests", remaining)
                .doesNotContainKey("x-ratelimit-limit-tokens");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0s", "1, 0, 1m1s", "0, 1, 1h1m0s"})
    void shouldTellWhenAllThatIsCountedWillHaveLeftTheWindow(long usedOfMinute, long usedOfHour, String reset) {
        hold(Scope.GLOBAL, Scope.ALL, new RateLimits(2, 0, 2, 0, 0, 0), null);
        store.at = NOW / 3_600_000 * 3_600_000;
        store.used = List.of(new RateStore.Use(usedOfMinute, 0, usedOfHour, 0, 0));

        admit();

        assertThat(headers).containsEntry("x-ratelimit-reset-requests", reset);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1s",
        "1000, 1s",
        "1001, 2s",
        "60000, 1m0s",
        "3599001, 1h0m0s",
        "3605000, 1h0m5s",
        "7260000, 2h1m0s"
    })
    void shouldRoundWhatIsToBeWaitedForUp(long millis, String text) {
        assertThat(Headroom.duration(millis)).isEqualTo(text);
    }

    @Test
    void shouldShowNoResetOfWhatNothingIsCountedOfAndOfParallelRequests() {
        Limited holder = new Limited(Scope.KEY, "ada", new RateLimits(3, 5, 0, 0, 2, 0), false);

        List<RateStatus> all = RateStatus.of(
                List.of(holder), new RateStore.Counted(60_000, List.of(new RateStore.Use(0, 7, 0, 0, 2))));

        assertThat(all.stream()
                        .map(each -> each.kind() + " " + each.remaining() + " " + each.resetMillis())
                        .collect(Collectors.toList()))
                .containsExactly("REQUESTS_PER_MINUTE 3 0", "TOKENS_PER_MINUTE 0 61000", "PARALLEL 0 0");
    }

    /** Lets everybody in, unless it is told otherwise, and keeps what it is told. */
    private static final class Store implements RateStore {
        private final List<Ask> asked = new ArrayList<>();
        private final List<Settlement> settled = new ArrayList<>();
        private final List<Ask> renewed = new ArrayList<>();
        private @Nullable Future<Verdict> verdict;
        private @Nullable RateKind refuses;
        private List<Use> used = List.of();
        private long at = NOW;

        @Override
        public Future<Verdict> admit(Ask ask) {
            asked.add(ask);
            List<Use> uses = used.isEmpty()
                    ? ask.holders().stream()
                            .map(holder -> new Use(0, 0, 0, 0, 0))
                            .toList()
                    : used;
            Counted counted = new Counted(at, uses);
            if (verdict != null) {
                return verdict;
            }
            return Future.succeededFuture(
                    refuses == null
                            ? new Passed(counted)
                            : new Refused(ask.holders().getFirst(), refuses, 0, counted));
        }

        @Override
        public void settle(Settlement settlement) {
            settled.add(settlement);
        }

        @Override
        public void renew(List<Ask> underWay) {
            renewed.addAll(underWay);
        }

        @Override
        public Future<Counted> look(List<Limited> holders) {
            return Future.failedFuture("nobody looks");
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
