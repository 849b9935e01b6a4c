package dev.laneway.accounting.ledger;

import dev.laneway.accounting.AccountingMetric;
import dev.laneway.accounting.budgets.Spent;
import dev.laneway.accounting.database.Schema;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.kafka.EventSource;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.SourceSettings;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projects {@code lw.usage} into the ledger's tables. Several accountings share the topic's partitions. While the database is away the
 * facts stay uncommitted in Kafka and reading pauses at a cap; it goes on by itself. Belongs to one context.
 */
public final class Ledger {
    /** The group of all accountings. */
    public static final String GROUP = Groups.ACCOUNTING;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int BATCH = 4_000;
    private static final long GATHER_MILLIS = 200;
    private static final int CAP_PER_PARTITION = 8_000;
    private static final long BEGIN_AGAIN_MILLIS = 1_000;

    private final Vertx vertx;
    private final FactTables tables;
    private final Months months;
    private final LedgerWatch watch;
    private final Schema schema;
    private final Batcher<UsageRecord> batcher;
    private final EventSource<Fact> source;
    private final Function<List<Spent>, Future<Void>> booked;
    private final LongConsumer lateness;
    private final Counter projected;
    private final Counter duplicates;
    private final Counter late;
    private final Counter refused;
    private final Counter failed;
    private final Timer batches;
    private volatile double lagSeconds;
    private volatile long oldestWaiting;
    private volatile boolean away;
    private volatile boolean reading;
    private boolean closed;

    private Ledger(
            Vertx vertx,
            KafkaSettings kafka,
            DatabaseUrl url,
            Pool pool,
            Schema schema,
            Consumer<Fact> observer,
            Function<List<Spent>, Future<Void>> booked,
            LongConsumer lateness,
            Meters meters) {
        this.vertx = vertx;
        this.booked = booked;
        this.lateness = lateness;
        this.tables = new LedgerTables(vertx, url);
        this.months = new Months(vertx, pool, Clock.systemUTC());
        this.watch = new LedgerWatch(vertx, kafka, pool, lateness, meters);
        this.schema = schema;
        this.batcher = new Batcher<>(vertx, BATCH, GATHER_MILLIS, this::write);
        EventCodec<Fact> codec = EventCodec.of(Fact.class);
        this.source = EventSource.open(
                vertx,
                kafka,
                new SourceSettings("accounting-usage", GROUP, CAP_PER_PARTITION, true),
                (topic, envelope) -> codec.decode(envelope),
                taken -> {
                    show(taken.event(), observer);
                    return taken.event() instanceof Fact.OfRequest fact
                            ? batcher.add(UsageRecord.of(fact, taken))
                            : Future.succeededFuture();
                },
                (record, reason) -> {
                    LOG.error(
                            "usage record {}@{} can't be read and is left out: {}",
                            record.partition(),
                            record.offset(),
                            reason);
                    return Future.succeededFuture();
                },
                meters);
        source.whenMoved(moved -> {
            Set<Integer> gone = moved.stream().map(TopicPartition::partition).collect(Collectors.toSet());
            batcher.forget(record -> gone.contains(record.partition()));
        });
        projected = meters.counter(AccountingMetric.FACTS_PROJECTED);
        duplicates = meters.counter(AccountingMetric.ROWS_DUPLICATE);
        late = meters.counter(AccountingMetric.FACTS_LATE);
        refused = meters.counter(AccountingMetric.FACTS_REFUSED);
        failed = meters.counter(AccountingMetric.BATCHES_FAILED);
        batches = meters.timer(AccountingMetric.BATCH);
        meters.gauge(AccountingMetric.FACTS_WAITING, batcher::waiting);
        meters.gauge(AccountingMetric.LAG, () -> away && oldestWaiting > 0 ? age(oldestWaiting) : lagSeconds);
    }

    /**
     * Opens the ledger; it reads once the tables are there, which it sees to in the background. The usage topic must exist.
     *
     * @param observer is shown each fact as it is read, and must not wait for anybody
     * @param booked is given what is new in the ledger, before its offsets are committed; must not fail
     * @param lateness is told, in milliseconds, how late usage is written, and for how long none is though some waits
     */
    public static Ledger open(
            Vertx vertx,
            KafkaSettings kafka,
            DatabaseUrl url,
            Pool pool,
            Schema schema,
            Consumer<Fact> observer,
            Function<List<Spent>, Future<Void>> booked,
            LongConsumer lateness,
            Meters meters) {
        Ledger ledger = new Ledger(vertx, kafka, url, pool, schema, observer, booked, lateness, meters);
        ledger.source.joined().onSuccess(joined -> ledger.reading = true);
        ledger.begin();
        return ledger;
    }

    /** Why usage is not projected just now; null while it is. Safe on any thread. */
    public @Nullable String notReady() {
        if (away) {
            return "the database does not answer: " + batcher.waiting() + " facts and all later ones wait in Kafka";
        }
        return reading ? null : "it does not read usage yet";
    }

    /** Writes what was read, commits, and leaves the group. */
    public Future<Void> drain(Duration patience) {
        closed = true;
        batcher.flush();
        return source.drain(patience).eventually(() -> {
            months.close();
            return Future.join(tables.close(), watch.close());
        });
    }

    /** Whatever happens to an observer, the fact is written. */
    private static void show(Fact fact, Consumer<Fact> observer) {
        try {
            observer.accept(fact);
        } catch (RuntimeException defect) {
            StackTraceElement[] at = defect.getStackTrace();
            LOG.error(
                    "a defect of what looks on at usage: {} at {}",
                    defect.getClass().getName(),
                    at.length == 0 ? "an unknown place" : at[0]);
        }
    }

    private void begin() {
        schema.ensure()
                .compose(there -> months.open())
                // a member of the group that joins after its end would never leave it
                .compose(opened -> closed ? Future.failedFuture("it is closed") : source.topics(Set.of(Topics.USAGE)))
                .onComplete((subscribed, cause) -> {
                    if (closed) {
                        return;
                    }
                    report(cause);
                    if (cause != null) {
                        vertx.setTimer(BEGIN_AGAIN_MILLIS, id -> begin());
                    }
                });
    }

    private Future<Void> write(List<UsageRecord> facts) {
        long begun = System.nanoTime();
        oldestWaiting = oldest(facts);
        return store(facts)
                .onSuccess(left -> {
                    batches.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
                    projected.increment(facts.size() - left);
                    refused.increment(left);
                    lagSeconds = age(oldestWaiting);
                    lateness.accept(System.currentTimeMillis() - youngest(facts));
                })
                .onFailure(cause -> failed.increment())
                .<Void>mapEmpty()
                .onComplete((done, cause) -> report(cause));
    }

    /**
     * Writes; facts that the database refuses by their content are found by halving, and left out: they must not hold up the others.
     *
     * @return how many were left out
     */
    private Future<Integer> store(List<UsageRecord> facts) {
        return tables.write(facts).compose(written -> booked(written).map(0), cause -> refused(facts, cause));
    }

    private Future<Void> booked(FactTables.Written written) {
        duplicates.increment(written.duplicates());
        late.increment(written.late());
        return booked.apply(written.spent());
    }

    private Future<Integer> refused(List<UsageRecord> facts, Throwable cause) {
        if (!byContent(cause)) {
            return Future.failedFuture(cause);
        }
        if (facts.size() > 1) {
            int half = facts.size() / 2;
            return store(facts.subList(0, half))
                    .compose(left -> store(facts.subList(half, facts.size())).map(more -> left + more));
        }
        UsageRecord fact = facts.getFirst();
        LOG.error(
                "the database refuses the usage record {}@{}, which stays in the topic: {}",
                fact.partition(),
                fact.offset(),
                cause instanceof SQLException e ? e.getSQLState() : "");
        return Future.succeededFuture(1);
    }

    /** SQL states 21 and 22 (data), 23 (integrity) and 54 (limits of the database): the same facts would be refused again. */
    private static boolean byContent(Throwable cause) {
        return cause instanceof SQLException e
                && e.getSQLState() != null
                && Stream.of("21", "22", "23", "54").anyMatch(e.getSQLState()::startsWith);
    }

    private void report(@Nullable Throwable cause) {
        if (cause != null && !away) {
            LOG.warn("usage can't be written and waits in Kafka: {}", cause.toString());
        } else if (cause == null && away) {
            LOG.info("usage is written again");
        }
        away = cause != null;
    }

    private static double age(long timestamp) {
        return Math.max(0, System.currentTimeMillis() - timestamp) / 1000.0;
    }

    private static long youngest(List<UsageRecord> facts) {
        return facts.stream().mapToLong(UsageRecord::timestamp).max().orElse(Long.MAX_VALUE);
    }

    private static long oldest(List<UsageRecord> facts) {
        return facts.stream().mapToLong(UsageRecord::timestamp).min().orElse(0);
    }
}
