package dev.laneway.router.reserve;

import static dev.laneway.router.Requests.START;
import static dev.laneway.router.Requests.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.BudgetPeriod;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Shortage;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.WhenAway;
import dev.laneway.contracts.Zone;
import dev.laneway.router.Gateway;
import dev.laneway.router.Requests;
import dev.laneway.router.health.Standing;
import dev.laneway.router.meters.BudgetMeters;
import dev.laneway.router.plan.Decision;
import dev.laneway.router.plan.Planner;
import dev.laneway.router.plan.RetryRule;
import dev.laneway.router.plan.RoutingTable;
import dev.laneway.router.plan.Situation;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetReservationsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Budget MONTHLY = Budget.of(Money.ofDollars("5"), BudgetPeriod.of("1mo"));

    private final Meters meters = Meters.create();
    private final Directory directory = new Directory();
    private final GatheredNotices notices = new GatheredNotices(meters);
    private final List<Ask> asked = new ArrayList<>();
    private final Deque<Future<Reserved>> answers = new ArrayDeque<>();
    private final RoutingTable table = Gateway.version(VERSION)
            .lane("premium", Privacy.CLOUD_ALLOWED)
            .cloud("first/a")
            .route("smart", "premium", Zone.CLOUD, true, "first")
            .table(Zone.CLOUD);
    private Tariff.@Nullable Most most = new Tariff.Most(1_000, 10, 500);
    private boolean unbounded;
    private long textAsked;
    private final BudgetReservations reservations = new BudgetReservations(
            VERTX,
            directory,
            ask -> {
                asked.add(ask);
                return answers.isEmpty()
                        ? Future.succeededFuture(new Reserved.Held(
                                ask.plan(),
                                ask.fixed() + ask.perToken() * ask.tokens(),
                                ask.tokens(),
                                ask.windows().stream().map(Window::text).toList()))
                        : answers.remove();
            },
            tariff(),
            table::deployment,
            new BudgetMeters(meters, Zone.CLOUD),
            notices.board(),
            () -> START);

    private Tariff tariff() {
        return new Tariff() {
            @Override
            public @Nullable Most of(Request request, Deployment deployment, long inputTokens) {
                return most;
            }

            @Override
            public @Nullable Bound bound(Request request, Deployment deployment, long textTokens) {
                textAsked = textTokens;
                return unbounded ? new Unbounded("Nobody can tell.") : most;
            }
        };
    }

    @AfterEach
    void close() {
        meters.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close();
    }

    private void budget(Scope scope, String id, Budget... budgets) {
        directory.put(new Control.Purse(1, scope, id, Terms.budgeted(budgets), false, null));
    }

    private void key(String id, Terms terms) {
        directory.put(
                new KeyDraft(id, "ab".repeat(32), 0).terms(terms).by("cmd_1", 1).build());
    }

    private Attempt attempt(long maxTokens) {
        return attempt(maxTokens, null, 0);
    }

    private Attempt attempt(long maxTokens, @Nullable Payer payer, long choices) {
        Request plain = Requests.interactive("smart", "premium", Zone.CLOUD);
        Request request = new RequestDraft(plain)
                .maxTokens(maxTokens)
                .body(null)
                .payer(payer)
                .choices(choices)
                .build();
        Situation situation = new Situation(table, (deployment, now) -> Standing.SERVING, START, true);
        return ((Decision.Publish) new Planner(RetryRule.DEFAULT).plan(request, situation)).attempt();
    }

    private Reservations.Answer reserve(Attempt attempt) throws Exception {
        return reservations.reserve(attempt).await(10, TimeUnit.SECONDS);
    }

    private Failure denied(Attempt attempt) throws Exception {
        return ((Reservations.Denied) reserve(attempt)).failure();
    }

    private @Nullable Hold hold(Attempt attempt) throws Exception {
        return ((Reservations.Granted) reserve(attempt)).attempt().hold();
    }

    @Test
    void shouldAskNobodyWithoutABudget() throws Exception {
        Hold hold = hold(attempt(100));

        assertThat(hold).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldAskNobodyForWhatIsFree() throws Exception {
        budget(Scope.GLOBAL, Scope.ALL, MONTHLY);
        most = new Tariff.Most(0, 0, 0);

        Hold hold = hold(attempt(100));

        assertThat(hold).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldReserveInEveryBudgetThatItCountsIn() throws Exception {
        Deployment deployment = table.deployment("first/a");
        budget(Scope.GLOBAL, Scope.ALL, MONTHLY);
        key("owner", Terms.budgeted(MONTHLY));
        directory.put(new Control.Team(1, "red", null, Terms.budgeted(MONTHLY), null, false, false, null, Map.of(), 0));
        directory.put(
                new Control.User(1, "ada", null, null, null, Terms.budgeted(MONTHLY), false, false, null, Map.of(), 0));
        budget(Scope.MEMBER, Scope.member("red", "ada"), MONTHLY);
        budget(Scope.TAG, "night", MONTHLY);
        budget(Scope.MODEL, deployment.group(), MONTHLY);
        budget(Scope.PROVIDER, deployment.provider(), MONTHLY);
        budget(Scope.DEPLOYMENT, deployment.id(), MONTHLY);

        hold(attempt(100, new Payer("red", "ada", List.of("night", "other")), 0));

        assertThat(asked.getFirst().windows()).extracting(Window::scope).containsExactlyInAnyOrder(Scope.values());
    }

    @Test
    void shouldHoldTheMostThatItCanCost() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));

        Hold hold = hold(attempt(100, null, 3));

        assertThat(hold.amount()).isEqualTo(Money.ofNanos(1_000 + 10 * 300));
        assertThat(hold.maxTokens()).isZero();
        assertThat(asked.getFirst().fewest()).isEqualTo(300);
    }

    @Test
    void shouldAskForATokenOfEachAnswerAtLeast() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));

        hold(attempt(0, null, 3));

        assertThat(asked.getFirst().tokens()).isEqualTo(1_500);
        assertThat(asked.getFirst().fewest()).isEqualTo(3);
    }

    /** Four times two to the power of sixty-two is nothing, to a machine. */
    @Test
    void shouldTakeNoNumberOfTokensForNothing() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(new Reserved.Held("first/a a", 3_000, 0, List.of())));

        reserve(attempt(1L << 62, null, 4));

        assertThat(asked.getFirst().tokens()).isGreaterThan(9_000_000_000_000_000L);
        assertThat(asked.getFirst().fewest()).isEqualTo(asked.getFirst().tokens());
    }

    @Test
    void shouldRefuseAnyNumberOfTokensWhereARequestMayNotCostSoMuch() throws Exception {
        key("owner", capped("1000"));

        Failure failure = denied(attempt(1L << 62, null, 4));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
    }

    @Test
    void shouldHoldAllThatThereIsForAnyNumberOfTokensWhileRedisIsAway() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        answers.add(Future.failedFuture("away"));

        Hold hold = hold(attempt(Long.MAX_VALUE));

        assertThat(hold.amount()).isGreaterThan(Money.ofDollars("9000000"));
    }

    @Test
    void shouldSetANumberOfTokensWhereTheClientSaidNone() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(new Reserved.Held("first/a a", 3_000, 200, List.of())));

        Hold hold = hold(attempt(0));

        assertThat(asked.getFirst().tokens()).isEqualTo(500);
        assertThat(asked.getFirst().fewest()).isEqualTo(1);
        assertThat(hold.maxTokens()).isEqualTo(200);
    }

    @Test
    void shouldPublishWhatWasReservedFirst() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(
                new Reserved.Held("other/b b", 3_000, 200, List.of("provider/b/budget@0-1000/5"))));

        Attempt published = ((Reservations.Granted) reserve(attempt(10))).attempt();

        assertThat(published.deployment()).isEqualTo("other/b");
        assertThat(published.account()).isEqualTo("b");
        assertThat(published.hold().windows()).containsExactly("provider/b/budget@0-1000/5");
    }

    @Test
    void shouldRefuseWhatABudgetHasNoRoomFor() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Window window = Window.of(Scope.KEY, "owner", MONTHLY, START);
        IntStream.range(0, 5)
                .forEach(i -> answers.add(Future.succeededFuture(new Reserved.Over(window, 1_500_000, List.of(0L)))));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
        assertThat(failure.retryAfterMillis()).isEqualTo(window.end() - START);
        assertThat(failure.message()).contains("$0.0015 left of $5", "$0.000002", "1970-02-01T00:00:00Z");
    }

    /** Its own call before, which has just been answered, may hold it still. */
    @Test
    void shouldWaitALittleForWhatComesBack() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Window window = Window.of(Scope.KEY, "owner", MONTHLY, START);
        answers.add(Future.succeededFuture(new Reserved.Over(window, 0, List.of(0L))));

        Hold hold = hold(attempt(100));

        assertThat(hold.amount()).isEqualTo(Money.ofNanos(2_000));
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        over(20);

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
        assertThat(asked).hasSize(5);
    }

    @Test
    void shouldNotWaitForWhatIsSpent() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Window window = Window.of(Scope.KEY, "owner", MONTHLY, START);
        answers.add(Future.succeededFuture(new Reserved.Over(window, 0, List.of(window.limit()))));

        denied(attempt(100));

        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldLetNoMoreThanSomeWait() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        over(5 * (BudgetReservations.MOST_WAITING + 1));
        Promise<Boolean> refused = Promise.promise();

        // on one context no timer is over before this is
        VERTX.getOrCreateContext().runOnContext(none -> {
            for (int i = 0; i < BudgetReservations.MOST_WAITING; i++) {
                reservations.reserve(attempt(100));
            }
            refused.complete(reservations.reserve(attempt(100)).isComplete());
        });

        assertThat(refused.future().await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What others hold leaves no room. */
    private void over(int times) {
        Window window = Window.of(Scope.KEY, "owner", MONTHLY, START);
        for (int i = 0; i < times; i++) {
            answers.add(Future.succeededFuture(new Reserved.Over(window, 0, List.of(0L))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000_000_000_000_000L, 5_000_000_000_000_000_000L, Long.MAX_VALUE})
    void shouldRefuseMoreTokensThanCanBeCounted(long tokens) throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Window window = Window.of(Scope.KEY, "owner", MONTHLY, START);
        answers.add(Future.succeededFuture(new Reserved.Over(window, window.limit(), List.of(0L))));

        Failure failure = denied(attempt(tokens, null, 2));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
        assertThat(failure.shortages()).hasSize(1);
        assertThat(asked.getFirst().tokens()).isBetween(1_000_000_000_000L, 1L << 53);
    }

    @Test
    void shouldTellWhichBudgetsCouldNotPayWhateverIsHeldInThem() throws Exception {
        Budget daily = new Budget("daily", Money.ofDollars("4"), BudgetPeriod.of("1d"), null, List.of());
        Budget held = new Budget("held", Money.ofDollars("3"), BudgetPeriod.of("1w"), null, List.of());
        key("owner", Terms.budgeted(MONTHLY, daily, held));
        Window month = Window.of(Scope.KEY, "owner", MONTHLY, START);
        Window day = Window.of(Scope.KEY, "owner", daily, START);
        Window week = Window.of(Scope.KEY, "owner", held, START);
        // 2,000 are asked for
        answers.add(Future.succeededFuture(
                new Reserved.Over(week, 0, List.of(month.limit() + 7, day.limit() - 1_999, week.limit() - 2_000))));

        Failure failure = denied(attempt(100));

        assertThat(failure.message()).contains("'held'");
        assertThat(failure.shortages())
                .containsExactly(
                        new Shortage(month.text(), Money.ZERO), new Shortage(day.text(), Money.ofNanos(1_999)));
    }

    /** An ingress would refuse what may yet be paid. */
    @Test
    void shouldGoByTheLeastThatWillDoWhereTheClientSaidNoNumber() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Window month = Window.of(Scope.KEY, "owner", MONTHLY, START);
        IntStream.range(0, 5)
                .forEach(i -> answers.add(
                        Future.succeededFuture(new Reserved.Over(month, 0, List.of(month.limit() - 1_010)))));
        answers.add(Future.succeededFuture(new Reserved.Over(month, 0, List.of(month.limit() - 1_009))));

        Failure held = denied(attempt(0));
        Failure spent = denied(attempt(0));

        assertThat(held.message()).contains("may cost up to $0.00000101.");
        assertThat(held.shortages()).isEmpty();
        assertThat(spent.shortages()).containsExactly(new Shortage(month.text(), Money.ofNanos(1_009)));
    }

    @Test
    void shouldRefuseAModelWithoutAPrice() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        most = null;

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPRICED);
    }

    @Test
    void shouldRefuseWhatNobodyCanTellTheCostOf() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        unbounded = true;

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNBOUNDED);
        assertThat(failure.kind().clientStatus()).isEqualTo(400);
        assertThat(failure.message()).isEqualTo("Nobody can tell.");
    }

    @Test
    void shouldLetPassWhatNobodyCanTellTheCostOfWithoutABudget() throws Exception {
        unbounded = true;

        assertThat(reserve(attempt(100))).isInstanceOf(Reservations.Granted.class);
    }

    @Test
    void shouldAskForTheTextWithoutItsImages() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        Attempt plain = attempt(100);
        reserve(plain);
        long text = textAsked;

        reserve(withImages(plain, 3));

        assertThat(textAsked).isEqualTo(text);
    }

    private static Attempt withImages(Attempt attempt, long images) {
        Request plain = attempt.request();
        Request request = new RequestDraft(plain)
                .inputTokens(plain.inputTokens() + images * AskedExtras.ESTIMATED_TOKENS)
                .body(null)
                .extras(new AskedExtras(images, 0, 0, Map.of(), 1, null))
                .build();
        return new Attempt(
                request,
                attempt.plan(),
                attempt.hop(),
                attempt.tryNumber(),
                attempt.deployment(),
                attempt.account(),
                attempt.fallbacks(),
                attempt.publishedAt());
    }

    @Test
    void shouldRefuseWhatCostsMoreThanARequestMay() throws Exception {
        key("owner", capped("0.000001999"));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
    }

    /** As of an embedding. */
    @Test
    void shouldRefuseWhatCostsMoreThanARequestMayThoughItsAnswerCostsNothing() throws Exception {
        key("owner", capped("0.000000999"));
        most = new Tariff.Most(1_000, 0, 0);

        Failure failure = denied(attempt(0));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
    }

    @Test
    void shouldAskForAsManyTokensAsARequestMayCost() throws Exception {
        key("owner", capped("0.0000021"));

        Hold hold = hold(attempt(0));

        assertThat(hold.maxTokens()).isEqualTo(110);
        assertThat(asked).isEmpty();
    }

    /** Whether it is one or many: a vendor that is told no number writes as much as it likes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSetTheNumberOfTokensThoughThereAreNoFewer(boolean budgeted) throws Exception {
        List<Budget> budgets = budgeted ? List.of(MONTHLY) : List.of();
        Money cap = Money.ofDollars("0.00000103");
        key("owner", new Terms(null, null, null, List.of(), null, null, budgets, cap, null));

        Hold hold = hold(attempt(0, null, 3));

        assertThat(hold.maxTokens()).isEqualTo(3);
        assertThat(hold.amount()).isEqualTo(cap);
    }

    private static Terms capped(String dollars) {
        return new Terms(null, null, null, List.of(), null, null, List.of(), Money.ofDollars(dollars), null);
    }

    @Test
    void shouldWaitUntilWhatWasSpentIsKnown() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(new Reserved.Loading()));

        Hold hold = hold(attempt(100));

        assertThat(hold).isNotNull();
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldNotWaitForEverUntilWhatWasSpentIsKnown() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        IntStream.range(0, 100).forEach(i -> answers.add(Future.succeededFuture(new Reserved.Loading())));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGETS_AWAY);
        assertThat(asked).hasSizeLessThan(50);
    }

    @Test
    void shouldRefuseWhileBudgetsAreRestored() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(new Reserved.NotReady()));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGETS_AWAY);
        assertThat(failure.retryAfterMillis()).isPositive();
    }

    @Test
    void shouldGoOnWithoutRedisWhereItsHolderSaysSo() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        answers.add(Future.failedFuture("away"));

        Hold hold = hold(attempt(100));

        assertThat(hold.open()).isTrue();
    }

    /** Its worker counts it where it finds Redis, and accounting in any case. */
    @Test
    void shouldSayWhereItCountsThoughNobodyCountedIt() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        answers.add(Future.failedFuture("away"));

        Hold hold = hold(attempt(100));

        assertThat(hold.windows())
                .containsExactly(Window.of(Scope.KEY, "owner", MONTHLY, START).text());
        assertThat(hold.amount()).isEqualTo(Money.ofNanos(2_000));
    }

    /** However late it is planned. */
    @Test
    void shouldCountInTheWindowInWhichTheRequestWasAccepted() throws Exception {
        Budget minutely = Budget.of(Money.ofDollars("5"), BudgetPeriod.of("1m"));
        key("owner", Terms.budgeted(minutely));
        long before = START - 60_000;
        Attempt late = attempt(100);
        Request request =
                new RequestDraft(late.request()).acceptedAt(before).body(null).build();

        reserve(new Attempt(request, late.plan(), 0, 0, late.deployment(), late.account(), 0, late.publishedAt()));

        assertThat(asked.getFirst().windows()).containsExactly(Window.of(Scope.KEY, "owner", minutely, before));
    }

    @Test
    void shouldTellOncePerKeyAndSecondOfAllThatGoesOnUncounted() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        for (int i = 0; i < 50; i++) {
            answers.add(Future.failedFuture("away"));
        }

        for (int i = 0; i < 50; i++) {
            reserve(attempt(100));
            notices.publish();
        }
        notices.secondLater();

        assertThat(notices.published()).containsExactly("owner uncounted 1", "owner uncounted 49");
    }

    /** A byte of the prompt may be a token, and vendors add some of their own, more where there are tools. */
    @Test
    void shouldTakeAPromptForAllThatItMayBeToItsVendor() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        reserve(asking(Set.of(), 1_000, null));
        long plain = textAsked;
        reserve(asking(Set.of(Feature.TOOLS), 1_000, null));
        long tools = textAsked;

        reserve(asking(Set.of(), 1_000, new Said("req_1:0:0", 1, 3, 7, 5_000)));

        assertThat(plain).isEqualTo(1_000 * 4 + 4 + 64);
        assertThat(tools).isEqualTo(plain + 600);
        assertThat(textAsked).as("with what was said already").isEqualTo(plain + 5_000);
    }

    private Attempt asking(Set<Feature> features, long inputTokens, @Nullable Said said) {
        Attempt plain = attempt(100);
        return new Attempt(
                Requests.needing("smart", "premium", features, inputTokens),
                plain.plan(),
                0,
                0,
                plain.deployment(),
                plain.account(),
                0,
                START,
                said);
    }

    @Test
    void shouldHoldToTheSmallestOfSeveralCaps() throws Exception {
        key("owner", capped("0.000001999"));
        directory.put(new Control.Purse(1, Scope.GLOBAL, Scope.ALL, capped("1"), false, null));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGET_EXCEEDED);
    }

    @Test
    void shouldSayWhatIsHeldAndNotWhatWasAskedFor() throws Exception {
        key("owner", Terms.budgeted(MONTHLY));
        answers.add(Future.succeededFuture(new Reserved.Held("first/a a", 3_000, 200, List.of())));

        Hold hold = hold(attempt(0));

        assertThat(hold.amount()).isEqualTo(Money.ofNanos(3_000));
    }

    /** Nothing of its own would be uncounted. */
    @Test
    void shouldGoOnWhereOnlyAHolderWithoutABudgetIsClosed() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        Terms closed = new Terms(null, null, null, List.of(), null, null, List.of(), null, WhenAway.CLOSED);
        directory.put(new Control.Purse(1, Scope.GLOBAL, Scope.ALL, closed, false, null));
        answers.add(Future.failedFuture("away"));

        Hold hold = hold(attempt(100));

        assertThat(hold.open()).isTrue();
    }

    @Test
    void shouldNotGoOnWhereAnotherHolderIsClosed() throws Exception {
        key("owner", new Terms(null, null, null, List.of(), null, null, List.of(MONTHLY), null, WhenAway.OPEN));
        budget(Scope.GLOBAL, Scope.ALL, MONTHLY);
        answers.add(Future.failedFuture("away"));

        Failure failure = denied(attempt(100));

        assertThat(failure.kind()).isEqualTo(FailureKind.BUDGETS_AWAY);
        assertThat(notices.publish()).isEmpty();
    }
}
