package dev.laneway.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PacingIT {
    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim();
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @Test
    void shouldKeepPaceWithoutDrift() throws Exception {
        sim.chat(body("sim~gap=20~chunks=2", true));

        sim.chat(body("sim~ttft=100~gap=20~chunks=50", true));

        Call call = sim.simulator.calls().getLast();
        assertThat(call.finish()).isEqualTo(Finish.COMPLETE);
        assertThat(call.firstByteMicros().orElseThrow()).isBetween(99_000L, 200_000L);
        // 100 ms and 49 gaps of 20 ms. Were each timer's own delay added up, it would be tens of milliseconds more.
        assertThat(call.endMicros().orElseThrow()).isBetween(1_079_000L, 1_180_000L);
    }

    @Test
    void shouldTakeAsLongUnstreamed() throws Exception {
        sim.chat(body("sim~ttft=100~gap=10~chunks=11", false));

        assertThat(sim.simulator.calls().getLast().endMicros().orElseThrow()).isBetween(199_000L, 400_000L);
    }

    private static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
