package dev.laneway.runtime.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/**
 * The steps of a request, by time.
 *
 * @param complete false where the search ended before it had seen every record
 */
public record Trace(String requestId, List<TraceStep> steps, boolean complete) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public Trace {
        Objects.requireNonNull(requestId, "requestId");
        steps = steps.stream().sorted(TraceStep.BY_TIME).toList();
    }

    /** A line for each step: time, milliseconds since the first step, topic, partition, offset, event, summary. */
    public String text() {
        int topicWidth =
                steps.stream().mapToInt(step -> step.topic().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (TraceStep step : steps) {
            text.append(String.format(
                            "%s  %8s  %-" + Math.max(1, topicWidth) + "s  %2d  %6d  %-8s %s",
                            TIME.format(Instant.ofEpochMilli(step.time())),
                            "+" + since(step) + "ms",
                            step.topic(),
                            step.partition(),
                            step.offset(),
                            step.event(),
                            step.summary())
                    .stripTrailing());
            text.append('\n');
        }
        if (!complete) {
            text.append("(stopped before every record was seen: there may be more)\n");
        }
        return text.toString();
    }

    public JsonObject json() {
        JsonArray array = new JsonArray();
        for (TraceStep step : steps) {
            array.add(new JsonObject()
                    .put("time", TIME.format(Instant.ofEpochMilli(step.time())))
                    .put("since_ms", since(step))
                    .put("topic", step.topic())
                    .put("partition", step.partition())
                    .put("offset", step.offset())
                    .put("event", step.event())
                    .put("summary", step.summary()));
        }
        return new JsonObject()
                .put("request_id", requestId)
                .put("complete", complete)
                .put("steps", array);
    }

    private long since(TraceStep step) {
        return step.time() - steps.getFirst().time();
    }
}
