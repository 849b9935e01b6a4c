package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** In this JVM, whose one management port counts all of it. */
class ContinuationIT extends ContinuationContract {
    @Test
    void shouldCountAContinuation() throws Exception {
        String kind = "kind=\"malformed\"";
        double before = Metrics.of(gateway, "laneway_router_continuations_total", kind);

        Side.OPENAI.ask(gateway, "counted", true);

        assertThat(Metrics.of(gateway, "laneway_router_continuations_total", kind))
                .isEqualTo(before + 1);
    }
}
