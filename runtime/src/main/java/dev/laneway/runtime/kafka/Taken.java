package dev.laneway.runtime.kafka;

/**
 * An event that a source handed out.
 *
 * @param <E> its envelope's type
 * @param event the envelope
 * @param topic where it came from: the authority on zone, lane and class
 * @param timestamp when the broker or producer stamped it, epoch milliseconds
 * @param value the record's value; empty where it had none. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // the value can be a megabyte: it is handed on, not copied
public record Taken<E>(E event, String topic, int partition, long offset, long timestamp, byte[] value) {}
