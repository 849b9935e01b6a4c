package dev.laneway.runtime.redis;

import dev.laneway.runtime.meters.MetricName;

/** Metrics of the links to Redis. */
enum RedisMetric implements MetricName {
    CONNECTED("laneway.redis.connected", "1 while Redis answers within a second, else 0."),
    AWAY("laneway.redis.away", "How often Redis went away, or was too slow."),
    EPOCHS(
            "laneway.redis.epochs",
            "Epochs of Redis that were met: more than one means that it was restarted, replaced or emptied.");

    private final String id;
    private final String description;

    RedisMetric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }
}
