package dev.laneway.accounting.idempotency;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.contracts.Fact;
import dev.laneway.runtime.idempotency.IdempotencyRecords;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store of clients' names as the log has it. A fact that could not be written is not held: all of the log that is remembered is
 * read again once the store answers. So it is at the start, since a crash may have lost what was under way, and where the store has
 * forgotten; only then is it told that it is whole. Several accountings may do so at once. Belongs to one context.
 */
public final class NameKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(NameKeeper.class);
    private static final long LOOK_MILLIS = 500;
    /** Longer than an ingress takes from a claim to the acknowledgement, or the failure, of what it publishes. */
    private static final long SETTLE_MILLIS = 2_500;
    /** A fact may be stamped before one that was read is. */
    private static final long MARGIN_MILLIS = 10_000;
    /** Facts on their way to the store; one more is left to the next reading of the log. */
    private static final int MOST_WAITING = 10_000;

    private static final Executor THREADS =
            reading -> Thread.ofVirtual().name("laneway-names").start(reading);

    private final Vertx vertx;
    private final Context context;
    private final IdempotencyRecords records;
    private final UsageLog log;
    private final Supplier<Duration> kept;
    private final BooleanSupplier ledgerWaits;
    private final LongSupplier clock;
    private final Counter restored;
    private final Counter missed;
    private final long timer;
    private int waiting;
    private long readAt;
    private boolean behind = true;
    private boolean busy;
    private boolean away;
    private boolean closed;

    private NameKeeper(
            Vertx vertx,
            IdempotencyRecords records,
            UsageLog log,
            Supplier<Duration> kept,
            BooleanSupplier ledgerWaits,
            LongSupplier clock,
            Meters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.records = records;
        this.log = log;
        this.kept = kept;
        this.ledgerWaits = ledgerWaits;
        this.clock = clock;
        restored = meters.counter(AccountingMetric.NAMES_RESTORED);
        missed = meters.counter(AccountingMetric.NAMES_MISSED);
        timer = vertx.setPeriodic(1, LOOK_MILLIS, id -> look());
    }

    /**
     * Opens it on the current context, with its own {@code records}.
     *
     * @param kept how long answers, and with them names, are kept
     * @param ledgerWaits whether the ledger may have stopped to read, since the database is away: then the log is read here
     */
    public static NameKeeper open(
            Vertx vertx,
            KafkaSettings kafka,
            IdempotencyRecords records,
            Supplier<Duration> kept,
            BooleanSupplier ledgerWaits,
            Meters meters) {
        return new NameKeeper(
                vertx, records, new UsageLog(kafka), kept, ledgerWaits, System::currentTimeMillis, meters);
    }

    /** Takes a fact as it is read. */
    public void take(Fact fact) {
        if (!(fact instanceof Fact.OfRequest told) || told.request().names() == null) {
            return;
        }
        if (waiting >= MOST_WAITING) {
            miss();
            return;
        }
        waiting++;
        write(told).onComplete((written, cause) -> {
            waiting--;
            if (cause != null) {
                miss();
            }
        });
    }

    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(timer);
        return records.close();
    }

    private void miss() {
        missed.increment();
        behind = true;
    }

    private Future<Void> write(Fact.OfRequest fact) {
        long since = fact.terminal() == null ? fact.request().acceptedAt() : fact.endedAt();
        long left = kept.get().toMillis() - (clock.getAsLong() - since);
        return left <= 0 ? Future.succeededFuture() : records.write(fact, Duration.ofMillis(left));
    }

    private void look() {
        if (busy || closed) {
            return;
        }
        busy = true;
        records.whole()
                .compose(whole ->
                        whole && !behind && !ledgerWaits.getAsBoolean() ? Future.succeededFuture() : restore(whole))
                .onComplete((done, cause) -> {
                    busy = false;
                    report(cause);
                });
    }

    private Future<Void> restore(boolean whole) {
        behind = false;
        long begun = clock.getAsLong();
        long since = whole && readAt > 0
                ? readAt - MARGIN_MILLIS
                : begun - kept.get().toMillis();
        Future<Void> written = whole
                ? reread(since)
                : records.restoring()
                        .compose(beginning -> settle().compose(settled -> reread(since))
                                .compose(reread -> records.restored(beginning)));
        return written.onSuccess(done -> {
                    readAt = begun;
                    restored.increment();
                    if (!whole) {
                        LOG.info("clients' names of requests are restored from the log");
                    }
                })
                .onFailure(cause -> behind = true);
    }

    /** What was claimed before the store forgot may be on its way to the log. */
    private Future<?> settle() {
        return blocking(log::empty).compose(empty -> empty ? Future.succeededFuture() : vertx.timer(SETTLE_MILLIS));
    }

    private Future<Void> reread(long since) {
        return blocking(() -> {
                    log.read(since, this::writeAll);
                    return true;
                })
                .mapEmpty();
    }

    /** On the reading thread, which waits. */
    private void writeAll(List<Fact.OfRequest> facts) {
        Promise<Void> written = Promise.promise();
        context.runOnContext(v -> Future.all(facts.stream().map(this::write).toList())
                .<Void>mapEmpty()
                .onComplete(written));
        written.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private <T> Future<T> blocking(Supplier<T> work) {
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, THREADS), context);
    }

    private void report(@Nullable Throwable cause) {
        if (cause != null && !away) {
            LOG.warn("clients' names of requests can't be kept: {}", String.valueOf(cause));
        }
        away = cause != null;
    }
}
