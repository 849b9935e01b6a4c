package dev.laneway.contracts;

import java.util.List;
import java.util.Objects;

/**
 * A body that was too large for one event: pieces of it in a {@code bodies} topic, in order.
 *
 * @param topic the topic that holds the pieces; of the request's zone
 * @param partition the partition that holds all of them
 * @param offsets the pieces' offsets, in order; at least one
 * @param length bytes in all
 * @param sha256 lower-case hex digest of the whole
 */
public record BodyRef(String topic, int partition, List<Long> offsets, long length, String sha256) {
    public BodyRef {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(sha256, "sha256");
        offsets = List.copyOf(offsets);
        if (offsets.isEmpty()) {
            throw new IllegalArgumentException("a body has at least one piece");
        }
    }
}
