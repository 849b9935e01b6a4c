package dev.laneway.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final TraceStep FIRST = new TraceStep(
            1_795_348_800_123L, "lw.cloud.requests.premium.interactive", 2, 1234, "request", "route=a", false, 0);
    private static final TraceStep LAST =
            new TraceStep(1_795_348_800_140L, "lw.usage", 0, 7, "usage", "status=completed", true, 9);

    @Test
    void shouldPrintALineForEachStep() {
        assertThat(new Trace("req_1", List.of(LAST, FIRST), true).text())
                .isEqualTo(
                        "2026-11-22T12:00:00.123Z      +0ms  lw.cloud.requests.premium.interactive   2    1234  request  route=a\n"
                                + "2026-11-22T12:00:00.140Z     +17ms  lw.usage                                0       7  usage    status=completed\n");
    }

    @Test
    void shouldSayWhenItStoppedEarly() {
        assertThat(new Trace("req_1", List.of(FIRST), false).text()).endsWith("there may be more)\n");
    }

    @Test
    void shouldHaveTheSameInJson() {
        JsonObject json = new Trace("req_1", List.of(LAST, FIRST), true).json();
        assertThat(json.getString("request_id")).isEqualTo("req_1");
        assertThat(json.getBoolean("complete")).isTrue();
        assertThat(json.getJsonArray("steps").getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("time", "2026-11-22T12:00:00.140Z")
                        .put("since_ms", 17L)
                        .put("topic", "lw.usage")
                        .put("partition", 0)
                        .put("offset", 7L)
                        .put("event", "usage")
                        .put("summary", "status=completed"));
    }
}
