package dev.laneway.ingress.reply;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they lie in the replies topics, whichever ingress they went to: the partition and the offsets are the terminal fact's. Other
 * answers lie between the frames of one, and the frames of a call that did not win: what counts is the attempt and the call of
 * the first frame. Safe on any thread.
 */
public final class AnswerLog implements AnswerSource {
    private static final EventCodec<Reply> CODEC = EventCodec.of(Reply.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    /** Polls without a record before the broker counts as away. */
    private static final int MOST_IDLE = 20;
    /** Of records fetched ahead of what the client takes. */
    private static final String FETCHED_BYTES = String.valueOf(1 << 20);

    private static final byte[] NOTHING = {};

    private final KafkaSettings kafka;

    public AnswerLog(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** A reading under way. */
    private static final class Reading {
        final Fact.Attempted end;
        final Taker taker;

        @Nullable
        Integer call;

        boolean over;

        Reading(Fact.Attempted end, Taker taker) {
            this.end = end;
            this.taker = taker;
        }

        void take(ConsumerRecord<String, byte[]> record) {
            Header header = record.headers().lastHeader(Event.HEADER);
            if (over || header == null || !end.requestId().equals(record.key())) {
                return;
            }
            if (decode(header.value()) instanceof Reply.Frame frame
                    && frame.attempt().equals(end.attempt())
                    && (call == null ? frame.seq() == 0 : call == frame.call())) {
                call = frame.call();
                boolean last = frame.end() != null;
                over = !taker.take(frame.head(), record.value() == null ? NOTHING : record.value(), last) || last;
            }
        }

        private static @Nullable Reply decode(byte[] envelope) {
            try {
                return CODEC.decode(envelope);
            } catch (UndecodableException e) {
                return null;
            }
        }
    }

    @Override
    public boolean read(Fact.Attempted end, Taker taker) {
        Fact.Terminal terminal = end.terminal();
        if (terminal == null || terminal.replyTopic() == null) {
            return false;
        }
        TopicPartition partition = new TopicPartition(terminal.replyTopic(), terminal.replyPartition());
        Map<String, Object> config = new HashMap<>(kafka.assignedConsumer("ingress-answers"));
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(Set.of(partition));
            long begin = consumer.beginningOffsets(Set.of(partition), ANSWER).getOrDefault(partition, 0L);
            long after = consumer.endOffsets(Set.of(partition), ANSWER).getOrDefault(partition, 0L);
            if (begin > terminal.firstOffset() || after <= terminal.lastOffset()) {
                return false;
            }
            consumer.seek(partition, terminal.firstOffset());
            return read(consumer, partition, new Reading(end, taker), terminal.lastOffset());
        } catch (KafkaException e) {
            throw new IllegalStateException("the answer can't be read", e);
        }
    }

    private static boolean read(
            KafkaConsumer<String, byte[]> consumer, TopicPartition partition, Reading reading, long last) {
        int idle = 0;
        while (!reading.over && consumer.position(partition, ANSWER) <= last) {
            int seen = 0;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                seen++;
                if (record.offset() <= last) {
                    reading.take(record);
                }
            }
            idle = seen == 0 ? idle + 1 : 0;
            if (idle > MOST_IDLE) {
                throw new IllegalStateException("the broker does not answer");
            }
        }
        if (reading.call != null && !reading.over) {
            throw new IllegalStateException("the end of the answer is missing");
        }
        return reading.call != null;
    }
}
