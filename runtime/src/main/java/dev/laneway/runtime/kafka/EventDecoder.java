package dev.laneway.runtime.kafka;

import dev.laneway.runtime.codec.UndecodableException;

/**
 * Reads the envelope of a record.
 *
 * @param <E> the envelope's type
 */
@FunctionalInterface
public interface EventDecoder<E> {
    /**
     * Reads one.
     *
     * @param topic the record's topic, for a source of several kinds
     * @throws UndecodableException for a poison record
     */
    E decode(String topic, byte[] envelope) throws UndecodableException;
}
