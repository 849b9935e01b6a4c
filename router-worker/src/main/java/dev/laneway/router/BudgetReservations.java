package dev.laneway.router;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Feature;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Request;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.Holder;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.money.Ask;
import dev.laneway.runtime.money.Reserved;
import dev.laneway.runtime.money.Reserver;
import dev.laneway.runtime.money.Window;
import dev.laneway.runtime.money.Windows;
import dev.laneway.runtime.notices.Notices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves the most that an attempt can cost in every budget that it counts in: of everything, its key, team, user and tags, and of the model,
 * provider and deployment that it goes to. An attempt without a budget, or that costs nothing, asks nobody. One context.
 */
final class BudgetReservations implements Reservations {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetReservations.class);
    /** A prompt's estimate is a quarter of its bytes, and a token has at least one. */
    private static final long BYTES_PER_ESTIMATED_TOKEN = 4;
    /** What vendors add of their own to a prompt, and to one with tools. */
    private static final long ADDED_TOKENS = 64;

    private static final long ADDED_FOR_TOOLS = 600;
    private static final long ASK_AGAIN_MILLIS = 100;
    private static final int ASKED_AGAIN = 20;
    private static final long NEVER_MILLIS = 86_400_000;
    private static final long AWAY_MILLIS = 2_000;

    private final Vertx vertx;
    private final Directory directory;
    private final Reserver store;
    private final Tariff tariff;
    private final Function<String, @Nullable Deployment> deployments;
    private final BudgetMeters meters;
    private final Notices notices;
    private final LongSupplier clock;
    private final Windows windows = new Windows();

    /**
     * @param deployments of the config in force, by id
     * @param notices of what goes on uncounted
     * @param clock epoch milliseconds
     */
    BudgetReservations(
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
        Request request = attempt.request();
        long tokens = wanted(request, deployment, most);
        boolean fewer = request.maxTokens() == 0;
        if (cap != null) {
            long room = cap.nanosUp() - most.fixed();
            long affordable = most.perToken() == 0 ? Long.MAX_VALUE : room / most.perToken();
            if (room < 0 || affordable < (fewer ? 1 : tokens)) {
                return Future.succeededFuture(new Denied(tooDear(most, tokens, cap)));
            }
            tokens = Math.min(tokens, affordable);
        }
        if (windows.isEmpty()) {
            return granted(
                    fewer
                            ? attempt.holding(new Hold(Money.ofNanos(amount(most, tokens)), tokens, List.of(), true))
                            : attempt);
        }
        boolean open = holders.stream()
                .noneMatch(holder ->
                        !holder.terms().budgets().isEmpty() && holder.terms().closedWhenAway());
        Ask ask = new Ask(
                attempt.id(),
                request.deadline(),
                Ask.planOf(attempt),
                most.fixed(),
                most.perToken(),
                tokens,
                fewer,
                windows);
        return ask(attempt, ask, open, ASKED_AGAIN);
    }

    private Future<Answer> ask(Attempt attempt, Ask ask, boolean open, int again) {
        return store.reserve(ask)
                .compose(
                        reserved -> switch (reserved) {
                            case Reserved.Held held -> {
                                meters.reserved();
                                yield granted(reserved(attempt, ask, held, open));
                            }
                            case Reserved.Over over -> {
                                meters.refused(over.window().scope());
                                yield Future.succeededFuture(new Denied(over(ask, over)));
                            }
                            case Reserved.Loading loading ->
                                again > 0
                                        ? vertx.timer(ASK_AGAIN_MILLIS)
                                                .compose(waited -> ask(attempt, ask, open, again - 1))
                                        : away(attempt, ask, open, "what was spent is not known yet");
                            case Reserved.NotReady notReady -> away(attempt, ask, open, "budgets are being restored");
                        },
                        cause -> away(attempt, ask, open, "Redis is away"));
    }

    private Future<Answer> away(Attempt attempt, Ask ask, boolean open, String why) {
        if (open) {
            meters.open();
            notices.noticed(attempt.request().owner(), NoticeKind.UNCOUNTED);
            long nanos = ask.fixed() + ask.perToken() * ask.tokens();
            List<String> windows = ask.windows().stream().map(Window::text).toList();
            return granted(attempt.holding(hold(ask, nanos, ask.tokens(), windows, true)));
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
        Hold hold = hold(ask, held.amount(), held.tokens(), held.windows(), open);
        if (held.plan().equals(ask.plan())) {
            return attempt.holding(hold);
        }
        String[] plan = held.plan().split(" ", 2);
        return attempt.to(plan[0], plan[1]).holding(hold);
    }

    private static Hold hold(Ask ask, long nanos, long tokens, List<String> windows, boolean open) {
        return new Hold(Money.ofNanos(nanos), ask.fewer() ? tokens : 0, windows, open);
    }

    private static @Nullable Money cap(List<Holder> holders) {
        return holders.stream()
                .map(holder -> holder.terms().maxCostPerRequest())
                .filter(Objects::nonNull)
                .min(Money::compareTo)
                .orElse(null);
    }

    /** What images, documents and recordings come to depends on the model: that is not in it. */
    private static long textTokens(Attempt attempt) {
        Request request = attempt.request();
        AskedExtras extras = request.extras() == null ? AskedExtras.NONE : request.extras();
        long said = attempt.continues() == null ? 0 : attempt.continues().bytes();
        long estimate = request.inputTokens() - extras.media() * AskedExtras.ESTIMATED_TOKENS;
        // the estimate rounds down
        return Math.max(0, estimate) * BYTES_PER_ESTIMATED_TOKEN
                + BYTES_PER_ESTIMATED_TOKEN
                + ADDED_TOKENS
                + (request.features().contains(Feature.TOOLS) ? ADDED_FOR_TOOLS : 0)
                + said;
    }

    private static long wanted(Request request, Deployment deployment, Tariff.Most most) {
        long choices = Math.max(request.choices(), deployment.defaultChoices());
        return (request.maxTokens() == 0 ? most.tokens() : request.maxTokens()) * choices;
    }

    private static long amount(Tariff.Most most, long tokens) {
        return most.fixed() + most.perToken() * tokens;
    }

    private static Failure tooDear(Tariff.Most most, long tokens, Money cap) {
        return new Failure(
                FailureKind.BUDGET_EXCEEDED,
                "This request may cost up to " + Money.ofNanos(amount(most, tokens))
                        + ", and a request may cost no more than " + cap + ".",
                0,
                NEVER_MILLIS);
    }

    private Failure over(Ask ask, Reserved.Over over) {
        Window window = over.window();
        long until = window.end() == Long.MAX_VALUE ? NEVER_MILLIS : Math.max(1_000, window.end() - clock.getAsLong());
        String reset = window.end() == Long.MAX_VALUE
                ? "It does not begin anew by itself."
                : "It begins anew at " + Instant.ofEpochMilli(window.end()) + ".";
        String whose = switch (window.scope()) {
            case GLOBAL -> "The budget of this gateway";
            case KEY -> "The budget '" + window.budget() + "' of this API key";
            case TEAM, USER, TAG, MODEL, PROVIDER, DEPLOYMENT ->
                "The budget '" + window.budget() + "' of " + window.scope().id() + " '" + window.holder() + "'";
        };
        return new Failure(
                FailureKind.BUDGET_EXCEEDED,
                whose + " has " + Money.ofNanos(Math.max(0, over.room())) + " left of " + Money.ofNanos(window.limit())
                        + ", and this request may cost up to "
                        + Money.ofNanos(ask.fixed() + ask.perToken() * (ask.fewer() ? 1 : ask.tokens())) + ". " + reset,
                0,
                until);
    }

    private static Future<Answer> denied(FailureKind kind, String why) {
        return Future.succeededFuture(new Denied(Failure.of(kind, why)));
    }

    private static Future<Answer> granted(Attempt attempt) {
        return Future.succeededFuture(new Granted(attempt));
    }
}
