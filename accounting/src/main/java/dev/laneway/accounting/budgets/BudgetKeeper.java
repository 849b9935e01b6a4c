package dev.laneway.accounting.budgets;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Window;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Redis from the ledger what was spent, in a window that somebody asks for and Redis does not know; says that a new epoch is restored; and
 * once in a while compares what it knows with the ledger, and ends reservations whose facts the ledger has. Only the accounting that has the
 * writer's right does so. One context.
 *
 * <p>What is booked while the ledger is summed up would be lost or counted twice, so a sum is taken only where nothing was booked meanwhile. The
 * order when a reservation is ended afterwards is: first the sum that has it, then its end; between them it counts twice, never not at all.
 */
final class BudgetKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetKeeper.class);
    private static final long LOOK_MILLIS = 100;
    private static final long SWEEP_MILLIS = 5_000;
    private static final int AUDITED_AT_ONCE = 50;
    private static final long KEPT_MILLIS = 3_600_000;
    private static final long SETTLED_MILLIS = 10_000;
    private static final long SENT_MILLIS = 15_000;
    private static final int MOST_WANTED = 200;
    private static final int MOST_UNBOOKED = 1_000;
    private static final int MOST_AUDITED = 10_000;
    private static final int TRIES = 20;
    private static final int FEW_TRIES = 2;
    /** Between the commit of a row and its booking, as a rule, and with room to spare. */
    private static final long BOOKED_MILLIS = 50;

    private static final long LONG_BOOKED_MILLIS = 300;
    private static final long SAY_MILLIS = 10_000;
    /** Longer than a writer's death goes unnoticed. */
    private static final long INHERITED_MILLIS = 60_000;

    private final Vertx vertx;
    private final BudgetStore store;
    private final Spending spending;
    private final Restoration restoration;
    private final Supplier<List<Window>> inForce;
    private final Supplier<String> epoch;
    private final BooleanSupplier writer;
    private final LongSupplier clock;
    private final Counter loaded;
    private final Counter corrected;
    private final Map<String, Window> known = new LinkedHashMap<>();
    /** With when it was said. */
    private final Map<Window, Long> toForget = new LinkedHashMap<>();

    private String restored = StartMark.NO_EPOCH;
    private boolean busy;
    private boolean closed;
    private long saidAt;
    private long sweptAt;
    private volatile double left;
    private final long timer;

    /**
     * Begins to look.
     *
     * @param inForce the windows in which budgets are at this moment
     * @param epoch of Redis
     * @param writer whether this accounting has the writer's right
     * @param clock epoch milliseconds
     */
    BudgetKeeper(
            Vertx vertx,
            BudgetStore store,
            Spending spending,
            Restoration restoration,
            Supplier<List<Window>> inForce,
            Supplier<String> epoch,
            BooleanSupplier writer,
            LongSupplier clock,
            Meters meters) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.store = store;
        this.spending = spending;
        this.restoration = restoration;
        this.inForce = inForce;
        this.epoch = epoch;
        this.writer = writer;
        this.clock = clock;
        this.loaded = meters.counter(AccountingMetric.BUDGET_WINDOWS_LOADED);
        this.corrected = meters.counter(AccountingMetric.BUDGETS_CORRECTED);
        meters.gauge(AccountingMetric.RESERVATIONS, () -> left);
        meters.gauge(AccountingMetric.BUDGETS_RESTORED, () -> isRestored() ? 1 : 0);
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
    }

    /** Budgets may be new, or come in force again: what was spent in their windows is to be summed up again. */
    void forget(List<Window> windows) {
        long now = clock.getAsLong();
        for (Window window : windows) {
            if (toForget.size() < MOST_AUDITED) {
                toForget.put(window, now);
            }
        }
        forget();
    }

    /** What Redis could not be told at once is tried again; so is what came while another one had the right, and died with it perhaps. */
    private void forget() {
        if (!writer.getAsBoolean()) {
            toForget.values().removeIf(since -> since < clock.getAsLong() - INHERITED_MILLIS);
            return;
        }
        for (Map.Entry<Window, Long> each : List.copyOf(toForget.entrySet())) {
            Window window = each.getKey();
            known.remove(window.nameText());
            toForget.remove(window);
            store.forget(window).onFailure(away -> toForget.putIfAbsent(window, each.getValue()));
        }
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
    }

    private boolean isRestored() {
        String now = epoch.get();
        return !now.equals(StartMark.NO_EPOCH) && now.equals(restored);
    }

    private void look() {
        if (!toForget.isEmpty() && !epoch.get().equals(StartMark.NO_EPOCH)) {
            forget();
        }
        if (!writer.getAsBoolean()) {
            restored = StartMark.NO_EPOCH; // another one may say so meanwhile
            return;
        }
        if (busy || closed || epoch.get().equals(StartMark.NO_EPOCH)) {
            return;
        }
        busy = true;
        round().onComplete((done, cause) -> {
            busy = false;
            if (cause != null && clock.getAsLong() - saidAt > SAY_MILLIS) {
                saidAt = clock.getAsLong();
                LOG.warn("a look at budgets failed, and is made again: {}", String.valueOf(cause));
            }
        });
    }

    private Future<Void> round() {
        return (isRestored() ? Future.<Void>succeededFuture() : restore())
                .compose(tried -> store.wanted(MOST_WANTED))
                .compose(this::loadAll)
                .compose(done -> slowly());
    }

    private Future<Void> restore() {
        String now = epoch.get();
        return store.isReady().compose(ready -> {
            if (ready) {
                restored = now;
                adopt();
                return Future.succeededFuture();
            }
            return restoration.done(now).compose(done -> done ? ready(now) : Future.succeededFuture());
        });
    }

    /** Another writer may have summed them up, and nobody would look at them again. */
    private void adopt() {
        for (Window window : inForce.get()) {
            if (known.size() < MOST_AUDITED) {
                known.putIfAbsent(window.nameText(), window);
            }
        }
    }

    private Future<Void> ready(String now) {
        return store.ready(now).compose(taken -> {
            if (!taken) {
                return Future.succeededFuture();
            }
            restored = now;
            known.clear();
            LOG.info("budgets are restored in epoch {}", now);
            return store.tidy();
        });
    }

    private Future<Void> loadAll(List<String> wanted) {
        List<Future<Boolean>> loads = new ArrayList<>();
        for (String text : wanted) {
            Window.parse(text).ifPresent(window -> loads.add(load(window, TRIES, BOOKED_MILLIS)));
        }
        return loads.isEmpty() ? Future.succeededFuture() : Future.join(loads).mapEmpty();
    }

    /**
     * A row may be in the ledger and not be booked yet: it is a moment later, and then the sum that has it is not taken.
     *
     * @param bookedMillis that moment
     * @return whether what was spent is in Redis now
     */
    private Future<Boolean> load(Window window, int tries, long bookedMillis) {
        return store.bookings(window)
                .compose(before -> spending.in(window)
                        .compose(sum ->
                                vertx.timer(bookedMillis).compose(booked -> store.load(window, sum.nanosUp(), before))))
                .compose(taken -> {
                    if (taken) {
                        loaded.increment();
                        remember(window);
                        return Future.succeededFuture(true);
                    }
                    return tries > 0 ? load(window, tries - 1, bookedMillis) : Future.succeededFuture(false);
                });
    }

    /** The one that was looked at last stands last. */
    private void remember(Window window) {
        known.remove(window.nameText());
        known.put(window.nameText(), window);
        if (known.size() > MOST_AUDITED) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private Future<Void> slowly() {
        long now = clock.getAsLong();
        if (now - sweptAt < SWEEP_MILLIS) {
            return Future.succeededFuture();
        }
        sweptAt = now;
        return store.sweep()
                .compose(all -> {
                    left = all;
                    return store.unbooked(now - SENT_MILLIS, now - SETTLED_MILLIS, MOST_UNBOOKED);
                })
                .compose(this::end)
                .compose(done -> audit(now));
    }

    private Future<Void> end(List<BudgetStore.Unbooked> unbooked) {
        if (unbooked.isEmpty()) {
            return Future.succeededFuture();
        }
        return spending.known(
                        unbooked.stream().map(BudgetStore.Unbooked::attempt).toList())
                .compose(inLedger -> {
                    Map<String, Window> windows = new LinkedHashMap<>();
                    unbooked.stream()
                            .filter(each -> inLedger.contains(each.attempt()))
                            .flatMap(each -> each.windows().stream())
                            .forEach(window -> windows.put(window.nameText(), window));
                    return loadEach(windows.values()).compose(loaded -> {
                        List<String> ended = unbooked.stream()
                                .filter(each -> inLedger.contains(each.attempt()))
                                .filter(each ->
                                        each.windows().stream().allMatch(window -> loaded.contains(window.nameText())))
                                .map(BudgetStore.Unbooked::attempt)
                                .toList();
                        if (ended.isEmpty()) {
                            return Future.succeededFuture();
                        }
                        corrected.increment(ended.size());
                        LOG.info("{} reservations ended that the ledger has", ended.size());
                        return store.release(ended);
                    });
                });
    }

    /** All at once. @return those that are in Redis now */
    private Future<Set<String>> loadEach(Collection<Window> windows) {
        Set<String> loaded = new HashSet<>();
        if (windows.isEmpty()) {
            return Future.succeededFuture(loaded);
        }
        List<Future<Boolean>> loads = windows.stream()
                .map(window -> load(window, FEW_TRIES, LONG_BOOKED_MILLIS).onSuccess(taken -> {
                    if (taken) {
                        loaded.add(window.nameText());
                    }
                }))
                .toList();
        return Future.join(loads).map(loaded);
    }

    /** Those that were not looked at for the longest, a few at a time: whoever waits for a sum must not wait for this. */
    private Future<Void> audit(long now) {
        known.values().removeIf(window -> window.end() < now - KEPT_MILLIS);
        List<Window> some = known.values().stream().limit(AUDITED_AT_ONCE).toList();
        some.forEach(this::remember);
        return loadEach(some).mapEmpty();
    }
}
