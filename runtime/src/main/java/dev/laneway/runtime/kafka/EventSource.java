package dev.laneway.runtime.kafka;

import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of a group and hands out their events, many at a time; each counts as done when its handler's future succeeds.
 * The contiguous part of what is done is committed four times a second. A handler whose future fails could not do its work
 * (the broker is away, say): it is called again with the same event, after a growing delay, while the partition stays assigned. One
 * that fails by a defect of ours five times in a row makes its event poison, as one is that can't be read.
 * Delivery is at least once. Runs on the context it was made on.
 *
 * @param <E> the envelopes' type
 */
public final class EventSource<E> {
    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);
    private static final long COMMIT_MILLIS = 250;
    /** How long a drain waits for its last commit: with the broker away, none will come. */
    private static final long LAST_COMMIT_MILLIS = 2_000;

    /** What is asked of a consumer waits behind its poll: short while there is something to commit, pause or resume. */
    private static final Duration BUSY_POLL = Duration.ofMillis(50);
    /** A poll ends with the first record anyhow. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private final Vertx vertx;
    private final SourceSettings settings;
    private final GroupConsumer consumer;
    private final KafkaReadStream<String, byte[]> stream;
    private final EventDecoder<E> decoder;
    private final Function<Taken<E>, Future<Void>> handler;
    private final PoisonHandler poison;
    private final Commits commits;
    private final Map<TopicPartition, PartitionWork> work = new HashMap<>();
    private final Counter takenCount;
    private final Counter finishedCount;
    private final Counter againCount;
    private final Counter poisonCount;
    private final Promise<Void> assigned = Promise.promise();
    private final Seldom seldom;
    private final Backpressure pressure;
    private final HeadWatch head;
    private Consumer<Set<TopicPartition>> moved = partitions -> {};
    private long assignments;
    private int inFlight;
    private volatile int inFlightShown;
    private boolean left;
    private boolean draining;
    private long timer;
    private final Promise<Void> drained = Promise.promise();

    private EventSource(
            Vertx vertx,
            KafkaSettings kafka,
            SourceSettings settings,
            EventDecoder<E> decoder,
            Function<Taken<E>, Future<Void>> handler,
            PoisonHandler poison,
            @Nullable Marking marking,
            Meters meters) {
        this.vertx = vertx;
        this.settings = settings;
        this.decoder = decoder;
        this.handler = handler;
        this.poison = poison;
        String name = settings.name();
        seldom = new Seldom(LOG, name);
        takenCount = meters.counter(KafkaMetric.TAKEN, MetricTag.ROLE, name);
        finishedCount = meters.counter(KafkaMetric.FINISHED, MetricTag.ROLE, name);
        againCount = meters.counter(KafkaMetric.HANDLED_AGAIN, MetricTag.ROLE, name);
        poisonCount = meters.counter(KafkaMetric.POISON, MetricTag.ROLE, name);
        meters.gauge(KafkaMetric.IN_FLIGHT, () -> inFlightShown, MetricTag.ROLE, name);
        head = new HeadWatch(name, meters);
        consumer = new GroupConsumer(
                settings.gathering()
                        ? kafka.gatheringConsumer(name, settings.group())
                        : kafka.groupConsumer(name, settings.group()));
        stream = KafkaReadStream.create(vertx, consumer);
        pressure = new Backpressure(stream, work, settings, meters);
        commits = new Commits(
                vertx,
                settings.group(),
                new Commits.Consumer(consumer, stream),
                marking,
                work,
                this::handOut,
                seldom,
                meters.counter(KafkaMetric.COMMITS_FAILED, MetricTag.ROLE, name));
        stream.pollTimeout(BUSY_POLL);
        stream.exceptionHandler(this::readFailed);
        stream.partitionsAssignedHandler(this::onAssigned);
        stream.partitionsRevokedHandler(this::onRevoked);
        stream.batchHandler(this::onBatch);
    }

    /**
     * Opens a source on the current context; it reads nothing before {@link #topics} names some.
     *
     * @param poison takes records that {@code decoder} can't read, and those that {@code handler} can't handle by a defect of ours
     */
    public static <E> EventSource<E> open(
            Vertx vertx,
            KafkaSettings kafka,
            SourceSettings settings,
            EventDecoder<E> decoder,
            Function<Taken<E>, Future<Void>> handler,
            PoisonHandler poison,
            Meters meters) {
        return started(new EventSource<>(vertx, kafka, settings, decoder, handler, poison, null, meters));
    }

    /**
     * Opens a source whose commits say how far it may have begun, before it begins: of each record that it hands out, {@link
     * Taken#before()} tells whether another member may have begun with it. What takes its time after that asks for its {@link #right}.
     *
     * @param marking null for one that only commits
     */
    public static <E> EventSource<E> open(
            Vertx vertx,
            KafkaSettings kafka,
            SourceSettings settings,
            EventDecoder<E> decoder,
            Function<Taken<E>, Future<Void>> handler,
            PoisonHandler poison,
            @Nullable Marking marking,
            Meters meters) {
        return started(new EventSource<>(vertx, kafka, settings, decoder, handler, poison, marking, meters));
    }

    private static <E> EventSource<E> started(EventSource<E> source) {
        source.timer = source.vertx.setPeriodic(COMMIT_MILLIS, id -> source.tick());
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

    /**
     * Whether what follows from a record may be done at this moment: succeeds, at once or with the next commit that is accepted, while its
     * partition is ours, and that was said under the epoch in force. Fails with {@link NotOursException} where the partition has moved,
     * though it may have come back: who had it meanwhile may have done it. Waits for as long as the broker is away. On the source's context.
     */
    public Future<Void> right(Taken<E> taken) {
        return commits.right(new TopicPartition(taken.topic(), taken.partition()), taken.offset(), taken.assignment());
    }

    /**
     * Tells, from now on, which partitions are no longer this member's, or begin anew: what was handed out of them and is not finished will be
     * handed out again, here or elsewhere, and nobody waits for it here. Who keeps such events can let go of them. On the source's context.
     */
    public void whenMoved(Consumer<Set<TopicPartition>> listener) {
        moved = listener;
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
        Future<Void> paused = pressure.drain();
        finishDrain();
        return paused.otherwiseEmpty()
                .compose(done -> drained.future())
                .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(done -> commits.last())
                .timeout(patience.toMillis() + LAST_COMMIT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .eventually(() -> {
                    left = true; // a stream that is asked for anything after its end opens again
                    commits.close();
                    vertx.cancelTimer(timer);
                    return stream.close();
                });
    }

    /** During a drain: waits no longer for what is in flight; it is delivered again. */
    public void abandonRest() {
        drained.tryComplete();
    }

    private void onAssigned(Set<TopicPartition> partitions) {
        Map<TopicPartition, PartitionWork> fresh = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionWork mine = new PartitionWork(consumer.ownership(partition), ++assignments);
            work.put(partition, mine);
            fresh.put(partition, mine);
        }
        pressure.assigned(partitions);
        commits.assigned(fresh).onSuccess(known -> assigned.tryComplete());
    }

    private void onRevoked(Set<TopicPartition> partitions) {
        List<PartitionWork> given = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            PartitionWork gone = work.remove(partition);
            if (gone != null) {
                given.add(gone);
                inFlight -= gone.unfinished();
                gone.revoke();
            }
        }
        moved.accept(Set.copyOf(partitions));
        pressure.revoked(given);
        finishDrain();
    }

    private void onBatch(ConsumerRecords<String, byte[]> records) {
        if (draining) {
            return;
        }
        stream.pollTimeout(BUSY_POLL);
        for (TopicPartition partition : records.partitions()) {
            PartitionWork mine = work.get(partition);
            if (mine == null) {
                continue; // revoked between the poll and here: its new owner has them
            }
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                if (!mine.seen(record.offset())) {
                    mine = begunAnew(partition, mine, record.offset());
                }
                mine.waiting.addLast(record);
                pressure.read(mine, record);
            }
            handOut(partition, mine);
            pressure.judge(partition, mine);
        }
        pressure.judgeAll();
    }

    /** The log is another one: its topic was made again, or it lost its end. What was taken of the old one is not to be committed. */
    private PartitionWork begunAnew(TopicPartition partition, PartitionWork before, long offset) {
        LOG.warn("{}: {} begins anew", settings.name(), partition);
        onRevoked(Set.of(partition));
        PartitionWork mine = new PartitionWork(before.ownership, ++assignments);
        mine.paused = before.paused;
        mine.progress = commits.anew(offset);
        mine.seen(offset);
        work.put(partition, mine);
        return mine;
    }

    /** Hands out what may be begun with; the rest waits for a commit that says so. */
    private void handOut(TopicPartition partition, PartitionWork mine) {
        PartitionProgress progress = mine.progress;
        if (progress == null || mine.waiting.isEmpty()) {
            return;
        }
        String epoch = commits.epoch();
        long nanos = System.nanoTime();
        long now = nanos / 1_000_000;
        boolean ours = commits.owned(partition, mine);
        while (ours && !draining && !mine.revoked && !mine.waiting.isEmpty()) {
            ConsumerRecord<String, byte[]> record = mine.waiting.getFirst();
            if (!progress.holds(record.offset(), epoch, nanos)) {
                commits.soon();
                return;
            }
            mine.waiting.removeFirst();
            mine.taken(progress, record.offset(), now);
            inFlight++;
            take(partition, mine, record, progress.doubt(record.offset()));
        }
    }

    private void take(
            TopicPartition partition,
            PartitionWork mine,
            ConsumerRecord<String, byte[]> record,
            @Nullable String before) {
        takenCount.increment();
        boolean mixed = mine.progress != null && mine.progress.mixed();
        switch (Opened.of(record, before, mixed, mine.assignment, decoder)) {
            case Opened.Poison<E> poisonous -> bury(partition, mine, record, poisonous.reason());
            case Opened.Whole<E> whole ->
                run(partition, mine, new Handling(record, () -> handler.apply(whole.taken()), true));
        }
    }

    private void bury(
            TopicPartition partition, PartitionWork mine, ConsumerRecord<String, byte[]> record, String reason) {
        poisonCount.increment();
        run(partition, mine, new Handling(record, () -> poison.handle(record, reason), false));
    }

    private void run(TopicPartition partition, PartitionWork mine, Handling handling) {
        handling.begin().onComplete((nothing, cause) -> {
            if (mine.revoked) {
                return;
            }
            if (cause == null) {
                finish(partition, mine, handling.record());
                return;
            }
            if (handling.isHopeless(cause)) {
                bury(partition, mine, handling.record(), Defects.reason(cause));
                return;
            }
            againCount.increment();
            long delay = handling.delayMillis();
            seldom.warn(
                    "could not handle " + partition + "@" + handling.offset() + "; again in " + delay + " ms", cause);
            vertx.setTimer(delay, id -> {
                if (!mine.revoked && !left) {
                    run(partition, mine, handling);
                }
            });
        });
    }

    private void finish(TopicPartition partition, PartitionWork mine, ConsumerRecord<String, byte[]> record) {
        if (!mine.finish(record.offset())) {
            return;
        }
        finishedCount.increment();
        inFlight--;
        pressure.finished(partition, mine, record);
        finishDrain();
    }

    private void finishDrain() {
        if (draining && inFlight == 0) {
            drained.tryComplete();
        }
    }

    private void tick() {
        head.look(work, System.nanoTime() / 1_000_000);
        inFlightShown = inFlight;
        if (commits.make() && inFlight == 0) {
            stream.pollTimeout(IDLE_POLL);
        }
    }

    private void readFailed(Throwable cause) {
        vertx.runOnContext(v -> seldom.warn("could not read", cause));
    }
}
