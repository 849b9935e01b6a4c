package dev.laneway.runtime.kafka;

import java.util.Objects;

/**
 * How a source reads.
 *
 * @param name of the consumer, for its client id and metrics: a bounded set
 * @param group the consumer group
 * @param capPerPartition unfinished records of a partition from which on it is paused; at least 1
 * @param gathering whether the broker may hold records back until there are many, for at most a fraction of a second:
 *     less work where nobody waits for them
 */
public record SourceSettings(String name, String group, int capPerPartition, boolean gathering) {
    /** Each record at once. */
    public SourceSettings(String name, String group, int capPerPartition) {
        this(name, group, capPerPartition, false);
    }

    public SourceSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(group, "group");
        if (capPerPartition < 1) {
            throw new IllegalArgumentException("capPerPartition is at least 1");
        }
    }
}
