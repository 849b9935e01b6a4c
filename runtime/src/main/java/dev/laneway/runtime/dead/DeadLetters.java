package dev.laneway.runtime.dead;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.clock.SteadyClock;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.kafka.PoisonHandler;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes poison records, as they were, to the dead-letter topic of their zone and lane, with the marks of {@link Marks}; then ends
 * the request, where it can be told whose the record was: its terminal fact says {@code failed} and {@code internal}, and its client is
 * told. At least once: a record that is delivered again after a crash has a second letter of the same origin, which readers leave
 * out, and a second terminal fact, which is late. One context.
 */
public final class DeadLetters implements PoisonHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final EventCodec<Reply> REPLIES = EventCodec.of(Reply.class);
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);
    /** Below what a producer of ours sends, with room for the marks: a letter has to arrive, whatever came. */
    private static final int LARGEST_BYTES = 900_000;

    private static final int LONGEST_REASON = 500;
    /** Of those whose partition moved meanwhile nobody will ask again. */
    private static final int MOST_POSTED = 1_000;

    private final Outlet outlet;
    private final Meters meters;
    private final LongSupplier clock;
    /** Origins of records whose letter is acknowledged and whose request is not ended yet. */
    private final Set<String> posted = new HashSet<>();

    /** Where it all goes. */
    interface Outlet {
        Future<?> letter(ProducerRecord<String, byte[]> letter);

        Future<?> fact(Fact.Ended fact);

        Future<?> reply(ReplyAddress to, Reply.Failed reply);

        Future<Void> close();
    }

    DeadLetters(Outlet outlet, Meters meters, LongSupplier clock) {
        this.outlet = outlet;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * With producers of its own, which are opened for the first poison record: what is wrong with a letter must not hold up others.
     *
     * @param name of the role
     */
    public static DeadLetters open(Vertx vertx, KafkaSettings kafka, String name, Meters meters) {
        return new DeadLetters(new OverKafka(vertx, kafka, name + "-dead", meters), meters, SteadyClock.ofProcess());
    }

    @Override
    public Future<Void> handle(ConsumerRecord<String, byte[]> record, String reason) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        Topics.Parsed topic = Topics.parse(record.topic()).orElse(null);
        if (topic == null) {
            LOG.warn("poison record {} is left out, since its topic has no lane: {}", origin, reason);
            return Future.succeededFuture();
        }
        Future<?> letter = posted.contains(origin)
                ? Future.succeededFuture()
                : outlet.letter(letter(record, topic, origin, reason)).onSuccess(acknowledged -> {
                    if (posted.size() >= MOST_POSTED) {
                        posted.clear();
                    }
                    posted.add(origin);
                    LOG.warn("poison record {} is a dead letter now: {}", origin, reason);
                    meters.counter(DeadMetric.LETTERS, tags(topic)).increment();
                });
        return letter.compose(acknowledged -> end(record, topic)).onSuccess(ended -> posted.remove(origin));
    }

    public Future<Void> close() {
        return outlet.close();
    }

    private ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> record, Topics.Parsed topic, String origin, String reason) {
        byte[] value = record.value();
        int valueBytes = value == null ? 0 : value.length;
        long headerBytes = bytes(record.headers());
        boolean headersFit = headerBytes <= LARGEST_BYTES;
        boolean valueFits = headersFit && headerBytes + valueBytes <= LARGEST_BYTES;
        Headers headers = headersFit ? new RecordHeaders(record.headers()) : new RecordHeaders();
        Marks.ALL.forEach(headers::remove);
        headers.add(Marks.of(Marks.ORIGIN, origin));
        headers.add(Marks.of(Marks.REASON, reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
        headers.add(Marks.of(Marks.ORIGIN_TIMESTAMP, record.timestamp()));
        headers.add(Marks.of(Marks.FIRST_SEEN, clock.getAsLong()));
        headers.add(Marks.of(Marks.VALUE_BYTES, valueBytes));
        if (!valueFits) {
            headers.add(Marks.of(Marks.LEFT_OUT, headersFit ? "value" : "value and headers"));
        }
        return new ProducerRecord<>(
                Topics.dead(topic.zone(), topic.lane()), null, key(record), valueFits ? value : null, headers);
    }

    /** As it was; one that is no id of ours may be of any size. */
    private static @Nullable String key(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        return key == null || key.length() > 1_000 ? null : key;
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length) + 10L;
        }
        return bytes;
    }

    private Future<Void> end(ConsumerRecord<String, byte[]> record, Topics.Parsed topic) {
        Optional<Remains> remains = Remains.of(record, topic);
        if (remains.isEmpty()) {
            return Future.succeededFuture();
        }
        Remains whose = remains.get();
        FailureKind kind = FailureKind.INTERNAL;
        long now = clock.getAsLong();
        Fact.Terminal terminal = Fact.Terminal.failed(kind, kind.clientStatus(), whose.attempts(), whose.fallbacks());
        Future<?> written = outlet.fact(new Fact.Ended(whose.request(), now, terminal));
        ReplyAddress reply = whose.reply();
        if (reply != null && (whose.deadline() == 0 || now < whose.deadline())) {
            Failure failure = Failure.of(kind, "The gateway can't process this request.");
            var _ = outlet.reply(
                            reply,
                            new Reply.Failed(
                                    whose.request().id(),
                                    failure,
                                    kind.clientStatus(),
                                    whose.attempts(),
                                    whose.fallbacks()))
                    .onFailure(cause -> LOG.warn( // the address may be wrong: its client's timer ends the wait
                            "request {} could not be told its end: {}",
                            whose.request().id(),
                            cause.toString()));
        }
        return written.map(acknowledged -> {
            meters.counter(DeadMetric.ENDED, tags(topic)).increment();
            return null;
        });
    }

    private static Object[] tags(Topics.Parsed topic) {
        return new Object[] {MetricTag.ZONE, topic.zone().id(), MetricTag.LANE, topic.lane()};
    }

    /**
     * Two sinks that are opened when they are needed: a patient one, since what it gave up too soon would be written twice, and one for
     * replies, which may go to a partition that does not exist.
     */
    private static final class OverKafka implements Outlet {
        private final Vertx vertx;
        private final KafkaSettings kafka;
        private final String name;
        private final Meters meters;
        private @Nullable EventSink results;
        private @Nullable EventSink replies;

        OverKafka(Vertx vertx, KafkaSettings kafka, String name, Meters meters) {
            this.vertx = vertx;
            this.kafka = kafka;
            this.name = name;
            this.meters = meters;
        }

        @Override
        public Future<?> letter(ProducerRecord<String, byte[]> letter) {
            return results().send(letter);
        }

        @Override
        public Future<?> fact(Fact.Ended fact) {
            return results().send(Topics.USAGE, fact, FACTS.encode(fact), null);
        }

        @Override
        public Future<?> reply(ReplyAddress to, Reply.Failed reply) {
            return replies().send(to, reply, REPLIES.encode(reply), null);
        }

        @Override
        public Future<Void> close() {
            return Future.join(closed(results), closed(replies)).mapEmpty();
        }

        private static Future<Void> closed(@Nullable EventSink sink) {
            return sink == null ? Future.succeededFuture() : sink.close();
        }

        private EventSink results() {
            EventSink open = results;
            if (open == null) {
                open = EventSink.open(vertx, kafka, name, EventSink.Patience.RESULT, meters);
                results = open;
            }
            return open;
        }

        private EventSink replies() {
            EventSink open = replies;
            if (open == null) {
                open = EventSink.open(vertx, kafka, name + "-replies", EventSink.Patience.REQUEST_PATH, meters);
                replies = open;
            }
            return open;
        }
    }
}
