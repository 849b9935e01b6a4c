package dev.laneway.runtime.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Where a record with a key lies, for those who look for it: as Kafka's own producer chooses. */
public final class KeyPartition {
    private KeyPartition() {}

    /**
     * The partition of a key, from 0 on.
     *
     * @param partitions of the topic, at least 1
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
