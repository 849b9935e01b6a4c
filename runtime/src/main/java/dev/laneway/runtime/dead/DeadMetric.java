package dev.laneway.runtime.dead;

import dev.laneway.runtime.meters.MetricName;

/** Metrics of poison. {@code ended <= letters}, apart from what is delivered twice: of some it can't be told whose they were. */
enum DeadMetric implements MetricName {
    LETTERS("laneway.dead.letters", "Records that went to a dead-letter topic, by zone and lane."),
    ENDED("laneway.dead.ended", "Requests that ended because a record of theirs was poison, by zone and lane.");

    private final String id;
    private final String description;

    DeadMetric(String id, String description) {
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
