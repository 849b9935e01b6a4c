package dev.laneway.runtime.kafka;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of sources and sinks. For a source, {@code taken = finished + in flight}, while no partition is revoked; for a sink, {@code
 * sends = acknowledged + failed + refused + in flight}.
 */
enum KafkaMetric implements MetricName {
    TAKEN("laneway.source.taken", "Records handed to their handler."),
    FINISHED("laneway.source.finished", "Records whose work is done."),
    HANDLED_AGAIN("laneway.source.handled.again", "Records whose handling failed on our side and was begun again."),
    POISON("laneway.source.poison", "Records that could not be read; they went to the dead-letter topic."),
    IN_FLIGHT("laneway.source.in.flight", "Records taken and not finished."),
    SPAN(
            "laneway.source.span",
            "Largest distance, in records, from the first unfinished record of a partition to the last taken."),
    HEAD_AGE("laneway.source.head.age.seconds", "Age of the oldest unfinished record."),
    PAUSES("laneway.source.pauses", "Partitions paused because they were at their cap of unfinished records."),
    BYTES("laneway.source.bytes", "Bytes of the records taken and not finished."),
    BYTES_PAUSES(
            "laneway.source.bytes.pauses", "Times that a source took nothing more because it held too many bytes."),
    COMMITS_FAILED("laneway.source.commits.failed", "Offset commits that failed; the next one covers them."),
    SENDS("laneway.sink.sends", "Records given to a sink."),
    SENDS_FAILED("laneway.sink.failed", "Records that the broker did not acknowledge in time."),
    SENDS_REFUSED("laneway.sink.refused", "Records refused at once: the sink was full, or the broker is away.");

    private final String id;
    private final String description;

    KafkaMetric(String id, String description) {
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
