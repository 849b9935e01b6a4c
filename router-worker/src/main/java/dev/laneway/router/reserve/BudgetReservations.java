package dev.laneway.router.reserve;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Shortage;
import dev.laneway.router.meters.BudgetMeters;
import dev.laneway.runtime.catalogue.Tariff;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Dues;
import dev.laneway.runtime.money.OverBudget;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.money.Windows;
import dev.laneway.runtime.notices.Notices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves the most that an attempt can cost in every budget that it counts in: of everything, its key, team, user and tags, and of the model,
 * provider and deployment that it goes to. An attempt without a budget, or that costs nothing, asks nobody. One context.
 */
public final class BudgetReservations implements Reservations {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetReservations.class);
    private static final long ASK_AGAIN_MILLIS = 100;
    private static final int ASKED_AGAIN = 20;
    private static final long AWAY_MILLIS = 2_000;
    /** What a call that has just ended held comes back within some hundredths of a second: when its usage is acknowledged. */
    private static final long COMES_BACK_MILLIS = 50;

    private static final int WAITED_FOR = 4;
    /** Attempts that wait for it at a time; one more is refused at once. */
    static final int MOST_WAITING = 256;

    private final Vertx vertx;
    private final Directory directory;
    private final Reserver store;
    private final Tariff tariff;
    private final Function<String, @Nullable Deployment> deployments;
    private final BudgetMeters meters;
    private final Notices notices;
    private final LongSupplier clock;
    private final Windows windows = new Windows();
    private int waiting;

    /**
     * @param deployments of the config in force, by id
     * @param notices of what goes on uncounted
     * @param clock epoch milliseconds
     */
    public BudgetReservations(
            Vertx vertx,
            Directory directory,
            Reserver store,
            Tariff tariff,
            Function<String, @Nullable Deployment> deployments,
            BudgetMeters meters,
            Notices notices,
            LongSupplier clock) {
        this.vertx = vertx;
        this.directory = directory;
        this.store = store;
        this.tariff = tariff;
        this.deployments = deployments;
        this.meters = meters;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public Future<Answer> reserve(Attempt attempt) {
        Request request = attempt.request();
        Deployment deployment = deployments.apply(attempt.deployment());
        if (deployment == null) {
            return granted(attempt);
        }
        List<Holder> holders = new ArrayList<>(directory.payers(request.owner(), request.payer()));
        holders.addAll(directory.targets(deployment.group(), deployment.provider(), deployment.id()));
        List<Window> windows = this.windows.of(holders, request.acceptedAt());
        Money cap = cap(holders);
        if (windows.isEmpty() && cap == null) {
            return granted(attempt);
        }
        return switch (tariff.bound(request, deployment, textTokens(attempt))) {
            case null -> {
                meters.unpriced();
                yield denied(
                        FailureKind.UNPRICED,
                        "The model '" + deployment.group()
                                + "' has no price, so nobody can tell whether it fits the budget.");
            }
            case Tariff.Unbounded(String why) -> {
                meters.unbounded();
                yield denied(FailureKind.UNBOUNDED, why);
            }
            case Tariff.Most most ->
                most.isFree() ? granted(attempt) : hold(attempt, deployment, most, holders, windows, cap);
        };
    }

    private Future<Answer> hold(
            Attempt attempt,
            Deployment deployment,
            Tariff.Most most,
            List<Holder> holders,
            List<Window> windows,
            @Nullable Money cap) {
        Dues dues = Dues.of(attempt.request(), deployment, most);
        long tokens = dues.tokens();
        if (cap != null) {
            long room = cap.nanosUp() - most.fixed();
            long affordable = most.perToken() == 0 ? Long.MAX_VALUE : room / most.perToken();
            if (room < 0 || affordable < dues.fewest()) {
                return Future.succeededFuture(new Denied(tooDear(dues.with(tokens), cap)));
            }
            tokens = Math.min(tokens, affordable);
        }
        if (windows.isEmpty()) {
            return granted(
                    saysNoNumber(attempt)
                            ? attempt.holding(new Hold(Money.ofNanos(dues.with(tokens)), tokens, List.of(), true))
                            : attempt);
        }
        boolean open = holders.stream()
                .noneMatch(holder ->
                        !holder.terms().budgets().isEmpty() && holder.terms().closedWhenAway());
        Ask ask = new Ask(
                attempt.id(),
                attempt.request().deadline(),
                Ask.planOf(attempt),
                most.fixed(),
                most.perToken(),
                tokens,
                dues.fewest(),
                !saysNoNumber(attempt),
                windows);
        return ask(attempt, ask, open, ASKED_AGAIN, WAITED_FOR);
    }

    /**
     * @param again how often to ask while what was spent is being loaded
     * @param patience how often to ask while what others hold would be enough
     */
    private Future<Answer> ask(Attempt attempt, Ask ask, boolean open, int again, int patience) {
        return store.reserve(ask)
                .compose(
                        reserved -> switch (reserved) {
                            case Reserved.Held held -> {
                                meters.reserved();
                                yield granted(reserved(attempt, ask, held, open));
                            }
                            case Reserved.Over over -> {
                                Failure failure = over(ask, over);
                                if (patience > 0 && failure.shortages().isEmpty() && waiting < MOST_WAITING) {
                                    yield comesBack(() -> ask(attempt, ask, open, again, patience - 1));
                                }
                                meters.refused(over.window().scope());
                                yield Future.succeededFuture(new Denied(failure));
                            }
                            case Reserved.Loading loading ->
                                again > 0
                                        ? vertx.timer(ASK_AGAIN_MILLIS)
                                                .compose(waited -> ask(attempt, ask, open, again - 1, patience))
                                        : away(attempt, ask, open, "what was spent is not known yet");
                            case Reserved.NotReady notReady -> away(attempt, ask, open, "budgets are being restored");
                        },
                        cause -> away(attempt, ask, open, "Redis is away"));
    }

    /** Who calls again as soon as it has its answer must not meet what that answer's call still holds. */
    private Future<Answer> comesBack(Supplier<Future<Answer>> then) {
        waiting++;
        return vertx.timer(COMES_BACK_MILLIS).compose(waited -> {
            waiting--;
            return then.get();
        });
    }

    private Future<Answer> away(Attempt attempt, Ask ask, boolean open, String why) {
        if (open) {
            meters.open();
            notices.noticed(attempt.request().owner(), NoticeKind.UNCOUNTED);
            long nanos = Dues.cost(ask.fixed(), ask.perToken(), ask.tokens());
            List<String> windows = ask.windows().stream().map(Window::text).toList();
            return granted(attempt.holding(hold(attempt, nanos, ask.tokens(), windows, true)));
        }
        meters.away();
        LOG.warn("attempt {} is not made: {}", attempt.id(), why);
        return Future.succeededFuture(new Denied(new Failure(
                FailureKind.BUDGETS_AWAY,
                "What is left of the budget can't be told just now; try again.",
                0,
                AWAY_MILLIS)));
    }

    /** As it was reserved first: that may be for another deployment of the hop, whose budgets are others. */
    private static Attempt reserved(Attempt attempt, Ask ask, Reserved.Held held, boolean open) {
        Hold hold = hold(attempt, held.amount(), held.tokens(), held.windows(), open);
        if (held.plan().equals(ask.plan())) {
            return attempt.holding(hold);
        }
        String[] plan = held.plan().split(" ", 2);
        return attempt.to(plan[0], plan[1]).holding(hold);
    }

    private static Hold hold(Attempt attempt, long nanos, long tokens, List<String> windows, boolean open) {
        return new Hold(Money.ofNanos(nanos), saysNoNumber(attempt) ? tokens : 0, windows, open);
    }

    private static boolean saysNoNumber(Attempt attempt) {
        return attempt.request().maxTokens() == 0;
    }

    private static @Nullable Money cap(List<Holder> holders) {
        return holders.stream()
                .map(holder -> holder.terms().maxCostPerRequest())
                .filter(Objects::nonNull)
                .min(Money::compareTo)
                .orElse(null);
    }

    private static long textTokens(Attempt attempt) {
        long said = attempt.continues() == null ? 0 : attempt.continues().bytes();
        return Dues.textTokens(attempt.request()) + said;
    }

    private static Failure tooDear(long amount, Money cap) {
        return new Failure(
                FailureKind.BUDGET_EXCEEDED,
                "This request may cost up to " + Money.ofNanos(amount) + ", and a request may cost no more than " + cap
                        + ".",
                0,
                OverBudget.NEVER_MILLIS);
    }

    private Failure over(Ask ask, Reserved.Over over) {
        long cost = Dues.cost(ask.fixed(), ask.perToken(), ask.fewest());
        return OverBudget.failure(
                over.window(), over.room(), cost, clock.getAsLong(), shortages(ask.windows(), over.spent(), cost));
    }

    /** The windows that could not pay for it either if all that is held in them were given back. */
    private static List<Shortage> shortages(List<Window> windows, List<Long> spent, long cost) {
        List<Shortage> shortages = new ArrayList<>(1);
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            long left = window.limit() - spent.get(i);
            if (cost > left) {
                shortages.add(new Shortage(window.text(), Money.ofNanos(Math.max(0, left))));
            }
        }
        return shortages;
    }

    private static Future<Answer> denied(FailureKind kind, String why) {
        return Future.succeededFuture(new Denied(Failure.of(kind, why)));
    }

    private static Future<Answer> granted(Attempt attempt) {
        return Future.succeededFuture(new Granted(attempt));
    }
}
