package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.failpoint.Failpoint;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of a group and hands out their events, many at a time; each counts as done when its handler's future succeeds.
 * The contiguous part of what is done is committed four times a second. A handler whose future fails could not do its work
 * (the broker is away, say): it is called again with the same event, after a growing delay, while the partition stays assigned.
 * Delivery is at least once. Runs on the context it was made on.
 *
 * @param <E> the envelopes' type
 */
public final class EventSource<E> {
    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);
    private static final long COMMIT_MILLIS = 250;
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LAST_DELAY_MILLIS = 5_000;
    private static final long LOG_MILLIS = 5_000;
    /** How long a drain waits for its last commit: with the broker away, none will come. */
    private static final long LAST_COMMIT_MILLIS = 2_000;

    /** What is asked of a consumer waits behind its poll: short while there is something to commit, pause or resume. */
    private static final Duration BUSY_POLL = Duration.ofMillis(50);
    /** A poll ends with the first record anyhow. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final byte[] NOTHING = {};

    private final Vertx vertx;
    private final SourceSettings settings;
    private final KafkaReadStream<String, byte[]> stream;
    private final EventDecoder<E> decoder;
    private final Function<Taken<E>, Future<Void>> handler;
    private final PoisonHandler poison;
    private final Map<TopicPartition, PartitionWork> work = new HashMap<>();
    private final Counter takenCount;
    private final Counter finishedCount;
    private final Counter againCount;
    private final Counter poisonCount;
    private final Counter pauseCount;
    private final Counter commitsFailed;
    private final Promise<Void> assigned = Promise.promise();
    private int inFlight;
    private volatile int inFlightShown;
    private volatile int span;
    private volatile long headAgeMillis;
    private boolean committing;
    private CommitNotes notes = CommitNotes.NONE;
    private Future<Void> commit = Future.succeededFuture();
    private boolean left;
    private boolean draining;
    private long timer;
    private long lastLog;
    private final Promise<Void> drained = Promise.promise();

    private EventSource(
            Vertx vertx,
            KafkaSettings kafka,
            SourceSettings settings,
            EventDecoder<E> decoder,
            Function<Taken<E>, Future<Void>> handler,
            PoisonHandler poison,
            Meters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.decoder = decoder;
        this.handler = handler;
        this.poison = poison;
        String name = settings.name();
        takenCount = meters.counter(KafkaMetric.TAKEN, MetricTag.ROLE, name);
        finishedCount = meters.counter(KafkaMetric.FINISHED, MetricTag.ROLE, name);
        againCount = meters.counter(KafkaMetric.HANDLED_AGAIN, MetricTag.ROLE, name);
        poisonCount = meters.counter(KafkaMetric.POISON, MetricTag.ROLE, name);
        pauseCount = meters.counter(KafkaMetric.PAUSES, MetricTag.ROLE, name);
        commitsFailed = meters.counter(KafkaMetric.COMMITS_FAILED, MetricTag.ROLE, name);
        meters.gauge(KafkaMetric.IN_FLIGHT, () -> inFlightShown, MetricTag.ROLE, name);
        meters.gauge(KafkaMetric.SPAN, () -> span, MetricTag.ROLE, name);
        meters.gauge(KafkaMetric.HEAD_AGE, () -> headAgeMillis / 1000.0, MetricTag.ROLE, name);
        stream = KafkaReadStream.create(
                vertx,
                settings.gathering()
                        ? kafka.gatheringConsumer(name, settings.group())
                        : kafka.groupConsumer(name, settings.group()));
        stream.pollTimeout(BUSY_POLL);
        stream.exceptionHandler(this::readFailed);
        stream.partitionsAssignedHandler(this::onAssigned);
        stream.partitionsRevokedHandler(this::onRevoked);
        stream.batchHandler(this::onBatch);
    }

    /**
     * Opens a source on the current context; it reads nothing before {@link #topics} names some.
     *
     * @param poison takes records that {@code decoder} can't read
     */
    public static <E> EventSource<E> open(
            Vertx vertx,
            KafkaSettings kafka,
            SourceSettings settings,
            EventDecoder<E> decoder,
            Function<Taken<E>, Future<Void>> handler,
            PoisonHandler poison,
            Meters meters) {
        EventSource<E> source = new EventSource<>(vertx, kafka, settings, decoder, handler, poison, meters);
        source.timer = vertx.setPeriodic(COMMIT_MILLIS, id -> source.tick());
        return source;
    }

    /**
     * Reads these topics from now on, and no others. They must exist. Where there are none, what was read before is read on, since a
     * member of a group has to read something; nobody writes to it any more.
     */
    public Future<Void> topics(Set<String> topics) {
        if (topics.isEmpty()) {
            assigned.tryComplete();
            return Future.succeededFuture();
        }
        return stream.subscribe(new HashSet<>(topics));
    }

    /** From now on commits say this too. */
    public void notes(CommitNotes saying) {
        notes = saying;
    }

    /** Succeeds when the group has first given this member its partitions, be they none. */
    public Future<Void> joined() {
        return assigned.future();
    }

    /** Events taken and not finished. */
    public int inFlight() {
        return inFlight;
    }

    /**
     * Takes nothing more, waits for what is in flight, commits and leaves the group.
     *
     * @param patience after which what is still in flight is left to be delivered again
     */
    public Future<Void> drain(Duration patience) {
        draining = true;
        stream.pollTimeout(BUSY_POLL);
        Future<Void> paused = work.isEmpty() ? Future.succeededFuture() : stream.pause(Set.copyOf(work.keySet()));
        finishDrain();
        return paused.otherwiseEmpty()
                .compose(done -> drained.future())
                .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(done -> commit)
                .compose(done -> left ? Future.<Void>succeededFuture() : commit())
                .timeout(patience.toMillis() + LAST_COMMIT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .eventually(() -> {
                    left = true; // a stream that is asked for anything after its end opens again
                    vertx.cancelTimer(timer);
                    return stream.close();
                });
    }

    /** During a drain: waits no longer for what is in flight; it is delivered again. */
    public void abandonRest() {
        drained.tryComplete();
    }

    private void onAssigned(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            work.put(partition, new PartitionWork());
        }
        assigned.tryComplete();
    }

    private void onRevoked(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWork gone = work.remove(partition);
            if (gone != null) {
                gone.revoked = true;
                inFlight -= gone.watermark.unfinished();
            }
        }
        finishDrain();
    }

    private void onBatch(ConsumerRecords<String, byte[]> records) {
        if (draining) {
            return;
        }
        stream.pollTimeout(BUSY_POLL);
        long now = System.currentTimeMillis();
        for (TopicPartition partition : records.partitions()) {
            PartitionWork mine = work.get(partition);
            if (mine == null) {
                continue; // revoked between the poll and here: its new owner has them
            }
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                if (mine.watermark.isPast(record.offset())) {
                    mine = begunAnew(partition, mine);
                }
                mine.taken(record.offset(), now);
                inFlight++;
                take(partition, mine, record);
            }
            if (!mine.paused && !mine.revoked && mine.watermark.unfinished() >= settings.capPerPartition()) {
                mine.paused = true;
                pauseCount.increment();
                stream.pause(Set.of(partition));
            }
        }
    }

    /** The log is another one: its topic was made again, or it lost its end. What was taken of the old one is not to be committed. */
    private PartitionWork begunAnew(TopicPartition partition, PartitionWork before) {
        LOG.warn("{}: {} begins anew", settings.name(), partition);
        onRevoked(Set.of(partition));
        PartitionWork mine = new PartitionWork();
        mine.paused = before.paused;
        work.put(partition, mine);
        return mine;
    }

    private void take(TopicPartition partition, PartitionWork mine, ConsumerRecord<String, byte[]> record) {
        takenCount.increment();
        E event;
        try {
            Header header = record.headers().lastHeader(Event.HEADER);
            if (header == null || header.value() == null) {
                throw new UndecodableException("no envelope");
            }
            event = decoder.decode(record.topic(), header.value());
        } catch (UndecodableException e) {
            bury(partition, mine, record, String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException e) {
            // a defect of the decoder; thrown on, it would end the reading of all partitions
            bury(partition, mine, record, "the decoder failed: " + e.getClass().getName());
            return;
        }
        Taken<E> taken = new Taken<>(
                event,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.value() == null ? NOTHING : record.value());
        run(partition, mine, record.offset(), 0, () -> handler.apply(taken));
    }

    private void bury(
            TopicPartition partition, PartitionWork mine, ConsumerRecord<String, byte[]> record, String reason) {
        poisonCount.increment();
        run(partition, mine, record.offset(), 0, () -> poison.handle(record, reason));
    }

    private void run(
            TopicPartition partition, PartitionWork mine, long offset, int failures, Supplier<Future<Void>> step) {
        Future<Void> done;
        try {
            done = step.get();
        } catch (RuntimeException e) {
            LOG.error(
                    "handler of {} threw at {}-{}@{}",
                    settings.name(),
                    partition.topic(),
                    partition.partition(),
                    offset,
                    e);
            done = Future.failedFuture(e);
        }
        done.onComplete((nothing, cause) -> {
            if (mine.revoked) {
                return;
            }
            if (cause == null) {
                finish(partition, mine, offset);
                return;
            }
            againCount.increment();
            long delay = Math.min(LAST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 10));
            log("could not handle " + partition + "@" + offset + "; again in " + delay + " ms", cause);
            vertx.setTimer(delay, id -> {
                if (!mine.revoked && !left) {
                    run(partition, mine, offset, failures + 1, step);
                }
            });
        });
    }

    private void finish(TopicPartition partition, PartitionWork mine, long offset) {
        if (!mine.finish(offset)) {
            return;
        }
        finishedCount.increment();
        inFlight--;
        if (mine.paused && !draining && mine.watermark.unfinished() <= settings.capPerPartition() / 2) {
            mine.paused = false;
            stream.resume(Set.of(partition));
        }
        finishDrain();
    }

    private void finishDrain() {
        if (draining && inFlight == 0) {
            drained.tryComplete();
        }
    }

    private void tick() {
        long now = System.currentTimeMillis();
        int longest = 0;
        long oldest = now;
        for (PartitionWork mine : work.values()) {
            longest = Math.max(longest, mine.watermark.span());
            oldest = Math.min(oldest, mine.headTakenAt(now));
        }
        inFlightShown = inFlight;
        span = longest;
        headAgeMillis = now - oldest;
        if (!committing) {
            commit();
        }
        if (!committing && inFlight == 0) {
            stream.pollTimeout(IDLE_POLL);
        }
    }

    private Future<Void> commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Map<TopicPartition, PartitionWork> whose = new HashMap<>();
        work.forEach((partition, mine) -> {
            if (mine.advanced()) {
                long offset = mine.watermark.committable();
                offsets.put(partition, new OffsetAndMetadata(offset, notes.note(partition, offset)));
                whose.put(partition, mine);
            }
        });
        if (offsets.isEmpty()) {
            return Future.succeededFuture();
        }
        committing = true;
        commit = stream.commit(offsets)
                .onComplete((committed, cause) -> {
                    committing = false;
                    if (cause != null) {
                        commitsFailed.increment();
                        log("commit failed", cause);
                        return;
                    }
                    Failpoint.OFFSET_COMMITTED.passed();
                    offsets.forEach((partition, offset) -> {
                        PartitionWork mine = whose.get(partition); // it may be another one's by now
                        if (mine != null) {
                            mine.committed = Math.max(mine.committed, offset.offset());
                        }
                    });
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
        return commit;
    }

    private void readFailed(Throwable cause) {
        vertx.runOnContext(v -> log("could not read", cause));
    }

    private void log(String what, Throwable cause) {
        long now = System.currentTimeMillis();
        if (now - lastLog >= LOG_MILLIS) {
            lastLog = now;
            LOG.warn("{}: {}: {}", settings.name(), what, String.valueOf(cause));
        }
    }
}
