package dev.laneway.runtime.topology;

import java.time.Duration;
import java.util.Objects;

/**
 * A topic to be.
 *
 * @param name its name
 * @param partitions at least 1; an existing topic keeps its own number
 * @param retention how long records are kept; zero for a compacted topic, which keeps the last of each key
 */
public record TopicSpec(String name, int partitions, Duration retention) {
    public TopicSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(retention, "retention");
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition");
        }
    }

    public boolean compacted() {
        return retention.isZero();
    }
}
