package dev.laneway.runtime.clock;

import dev.laneway.runtime.meters.MetricName;

/** Metrics of a process's clock. */
enum ClockMetric implements MetricName {
    DEVIATION(
            "laneway.clock.deviation.seconds",
            "How far the wall clock is ahead of the time that the process goes by; negative where it is behind.");

    private final String id;
    private final String description;

    ClockMetric(String id, String description) {
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
