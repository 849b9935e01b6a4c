package dev.laneway.runtime.dead;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dead letters, and sends some out again. A letter that was sent out is marked so on its own topic, after the broker has its
 * event; where the mark gets lost, or two processes send one letter at once, the event is there twice, under the same ids: one call, as
 * for whatever is delivered twice. One thing at a time, on threads of its own. Safe on any thread.
 */
public final class DeadLetterOffice {
    /** Letters that one command sends out at most. */
    static final int MOST_REPLAYS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Long: an event that arrives after it was given up is there without its mark. */
    private static final int SEND_SECONDS = 30;
    /** Virtual threads: it mostly waits for the broker, and the semaphore bounds how many there are. */
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("laneway-dead").start(task);

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final Meters meters;
    private final Semaphore free = new Semaphore(1);

    /** What became of one letter. */
    public sealed interface Outcome {
        String id();

        record Sent(String id, DeadLetter.Replayed replayed) implements Outcome {}

        record Already(String id, DeadLetter.Replayed replayed) implements Outcome {}

        /** @param forceable whether insisting helps */
        record Refused(String id, String why, boolean forceable) implements Outcome {}
    }

    /**
     * How letters are sent out.
     *
     * @param by whom, as they call themselves
     * @param force also what nobody waits for any more
     */
    public record Order(String by, boolean force) {}

    /** Another command is being carried out. */
    public static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;

        static final String MESSAGE = "another command about dead letters is being carried out: try again";

        Busy() {
            super(MESSAGE);
        }
    }

    public DeadLetterOffice(Vertx vertx, KafkaSettings kafka, Meters meters) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.meters = meters;
    }

    /** All letters, or those of a zone or lane. */
    Future<LetterScan.Found> list(@Nullable Zone zone, @Nullable String lane) {
        return alone(() -> new LetterScan(kafka, PATIENCE).list(zone, lane));
    }

    /** One letter, with its record. */
    Future<Optional<LetterScan.Whole>> find(String id) {
        return alone(() -> Optional.ofNullable(new LetterScan(kafka, PATIENCE).find(id)));
    }

    /** Sends one out; empty where there is none of this id. */
    Future<Optional<Outcome>> replay(String id, Order order) {
        return withSink(sink -> {
            LetterScan.Whole whole = new LetterScan(kafka, PATIENCE).find(id);
            return whole == null ? Optional.<Outcome>empty() : Optional.of(replay(whole, order, sink));
        });
    }

    /** Sends out all of a zone or lane that were not yet, the oldest first, at most {@link #MOST_REPLAYS}. */
    Future<List<Outcome>> replayAll(@Nullable Zone zone, @Nullable String lane, Order order) {
        return withSink(sink -> {
            LetterScan scan = new LetterScan(kafka, PATIENCE);
            List<Outcome> outcomes = new ArrayList<>();
            for (DeadLetter letter : scan.list(zone, lane).letters()) {
                LetterScan.Whole whole = letter.replayed() == null ? scan.find(letter.id()) : null;
                if (whole != null && outcomes.size() < MOST_REPLAYS) {
                    outcomes.add(replay(whole, order, sink));
                }
            }
            return outcomes;
        });
    }

    private Outcome replay(LetterScan.Whole whole, Order order, Sender sender) throws Exception {
        DeadLetter letter = whole.letter();
        String request = letter.requestId();
        Past past = request == null ? Past.NONE : Past.read(kafka, request, PATIENCE);
        long now = SteadyClock.ofProcess().getAsLong();
        return switch (ReplayRule.decide(whole, past, now, order.force)) {
            case ReplayRule.Decision.Already already -> new Outcome.Already(letter.id(), already.replayed());
            case ReplayRule.Decision.Refuse refuse ->
                new Outcome.Refused(letter.id(), refuse.why(), refuse.forceable());
            case ReplayRule.Decision.Send send -> {
                RecordMetadata there = sender.send(send.record());
                DeadLetter.Replayed how = new DeadLetter.Replayed(
                        now, order.by, there.topic() + "-" + there.partition() + "@" + there.offset());
                sender.send(mark(letter, how));
                yield new Outcome.Sent(letter.id(), how);
            }
        };
    }

    private static ProducerRecord<String, byte[]> mark(DeadLetter letter, DeadLetter.Replayed how) {
        Topics.Parsed topic = letter.topic();
        ProducerRecord<String, byte[]> mark =
                new ProducerRecord<>(Topics.dead(topic.zone(), topic.lane()), letter.requestId(), null);
        mark.headers()
                .add(Marks.of(Marks.ORIGIN, letter.id()))
                .add(Marks.of(Marks.REPLAYED_AT, how.at()))
                .add(Marks.of(Marks.REPLAYED_BY, how.by()))
                .add(Marks.of(Marks.REPLAYED_TO, how.to()));
        return mark;
    }

    /** Publishes, and waits for the acknowledgement. */
    @FunctionalInterface
    private interface Sender {
        RecordMetadata send(ProducerRecord<String, byte[]> record) throws Exception;
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Sender sender) throws Exception;
    }

    /** A sink is used on one context, and the work waits for it on another thread. */
    private <T> Future<T> withSink(Work<T> work) {
        return alone(() -> {
            EventSink[] sink = new EventSink[1];
            var context = vertx.getOrCreateContext();
            await(Future.<Void>future(opened -> context.runOnContext(v -> {
                sink[0] = EventSink.open(vertx, kafka, "laneway-replay", EventSink.Patience.RESULT, meters);
                opened.complete();
            })));
            try {
                return work.with(record -> await(Future.future(
                        sent -> context.runOnContext(v -> sink[0].send(record).onComplete(sent)))));
            } finally {
                context.runOnContext(v -> sink[0].close());
            }
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SEND_SECONDS, TimeUnit.SECONDS);
    }

    private <T> Future<T> alone(Callable<T> work) {
        if (!free.tryAcquire()) {
            return Future.failedFuture(new Busy());
        }
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> call(work), THREADS), vertx.getOrCreateContext())
                .onComplete(done -> free.release());
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
