package dev.laneway.runtime.kafka;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.codec.UndecodableException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a record turned out to be.
 *
 * @param <E> the envelope's type
 */
sealed interface Opened<E> {
    /** Larger than any event that is published here, with room for what passing it on adds to its envelope. */
    int LARGEST_BYTES = 900_000;

    byte[] NOTHING = {};

    /** An event. */
    record Whole<E>(Taken<E> taken) implements Opened<E> {}

    /**
     * Poison.
     *
     * @param reason quotes nothing of it
     */
    record Poison<E>(String reason) implements Opened<E> {}

    /**
     * Opens a record.
     *
     * @param before {@link Taken#before()}
     * @param mixed {@link Taken#mixed()}
     * @param assignment {@link Taken#assignment()}
     */
    static <E> Opened<E> of(
            ConsumerRecord<String, byte[]> record,
            @Nullable String before,
            boolean mixed,
            long assignment,
            EventDecoder<E> decoder) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return new Poison<>("no envelope");
        }
        byte[] envelope = header.value();
        if ((long) value.length + envelope.length > LARGEST_BYTES) {
            return new Poison<>("oversized: " + value.length + " bytes, and an envelope of " + envelope.length);
        }
        try {
            return new Whole<>(new Taken<>(
                    decoder.decode(record.topic(), envelope),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    before,
                    mixed,
                    assignment,
                    value));
        } catch (UndecodableException e) {
            return new Poison<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            // a defect of the decoder; thrown on, it would end the reading of all partitions
            return new Poison<>("the decoder failed: " + e.getClass().getName());
        }
    }
}
