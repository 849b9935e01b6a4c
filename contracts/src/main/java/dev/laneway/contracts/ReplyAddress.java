package dev.laneway.contracts;

import java.util.Objects;

/**
 * Where the frames of an answer go.
 *
 * @param topic a {@code replies} topic of the request's zone
 * @param partition the partition that the client's ingress reads; sharing one is harmless
 */
public record ReplyAddress(String topic, int partition) {
    public ReplyAddress {
        Objects.requireNonNull(topic, "topic");
        if (partition < 0) {
            throw new IllegalArgumentException("partition can't be negative");
        }
    }
}
