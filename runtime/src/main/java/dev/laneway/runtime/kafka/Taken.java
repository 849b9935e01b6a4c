package dev.laneway.runtime.kafka;

import org.jspecify.annotations.Nullable;

/**
 * An event that a source handed out.
 *
 * @param <E> its envelope's type
 * @param event the envelope
 * @param topic where it came from: the authority on zone, lane and class
 * @param timestamp when the broker or producer stamped it, epoch milliseconds
 * @param before set where a member before this one may have begun with it: the epoch that its commits spoke of, or {@code none}
 * @param mixed whether records of its partition were begun with outside of the epoch in force, and are not finished
 * @param assignment of its partition to this member, by which it was handed out: one that went away and came back has another; 0 for any
 * @param value the record's value; empty where it had none. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // the value can be a megabyte: it is handed on, not copied
public record Taken<E>(
        E event,
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String before,
        boolean mixed,
        long assignment,
        byte[] value) {
    /** A record that nobody has begun with. */
    public Taken(E event, String topic, int partition, long offset, long timestamp, byte[] value) {
        this(event, topic, partition, offset, timestamp, null, false, value);
    }

    /** A record of any assignment. */
    public Taken(
            E event,
            String topic,
            int partition,
            long offset,
            long timestamp,
            @Nullable String before,
            boolean mixed,
            byte[] value) {
        this(event, topic, partition, offset, timestamp, before, mixed, 0, value);
    }

    /** The same, as if its partition had been here all the time. */
    public Taken<E> ofAnyAssignment() {
        return new Taken<>(event, topic, partition, offset, timestamp, before, mixed, value);
    }
}
