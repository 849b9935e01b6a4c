package dev.laneway.runtime.trace;

import java.util.Comparator;
import java.util.Objects;

/**
 * One record of a request.
 *
 * @param time when its writer stamped it, epoch milliseconds
 * @param event what it is: {@code request}, {@code attempt}, {@code failure}, {@code frame}, {@code failed}, {@code signal}, {@code
 *     usage}, {@code body}, {@code dead}, or {@code record} where its envelope can't be read
 * @param summary what its envelope says, without content
 * @param terminal whether it is a fact that ends the request
 * @param order puts steps of the same millisecond in the order of the pipeline
 */
public record TraceStep(
        long time,
        String topic,
        int partition,
        long offset,
        String event,
        String summary,
        boolean terminal,
        long order) {
    static final Comparator<TraceStep> BY_TIME = Comparator.comparingLong(TraceStep::time)
            .thenComparingLong(TraceStep::order)
            .thenComparing(TraceStep::topic)
            .thenComparingLong(TraceStep::offset);

    public TraceStep {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(summary, "summary");
    }
}
