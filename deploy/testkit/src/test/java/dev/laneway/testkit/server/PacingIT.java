package dev.laneway.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import java.util.Comparator;
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

    /** The fastest of several, since a busy machine can make any one of them late. */
    private static Call fastest(String model, boolean stream) throws Exception {
        sim.simulator.reset();
        for (int i = 0; i < 4; i++) {
            sim.chat(body(model, stream));
        }
        return sim.simulator.calls().stream()
                .min(Comparator.comparingLong(call -> call.endMicros().orElseThrow()))
                .orElseThrow();
    }

    @Test
    void shouldKeepPaceWithoutDrift() throws Exception {
        Call call = fastest("sim~ttft=100~gap=5~chunks=100", true);

        assertThat(call.finish()).isEqualTo(Finish.COMPLETE);
        assertThat(call.firstByteMicros().orElseThrow()).isBetween(99_000L, 130_000L);
        // 100 ms and 99 gaps of 5 ms. Were each timer's own delay added up, it would be fifty milliseconds more.
        assertThat(call.endMicros().orElseThrow()).isBetween(594_000L, 625_000L);
    }

    @Test
    void shouldTakeAsLongUnstreamed() throws Exception {
        Call call = fastest("sim~ttft=100~gap=10~chunks=11", false);

        assertThat(call.endMicros().orElseThrow()).isBetween(199_000L, 230_000L);
    }

    @Test
    void shouldTakeAsLongToFail() throws Exception {
        Call call = fastest("sim-fault-500~ttft=100", true);

        assertThat(call.status()).isEqualTo(500);
        assertThat(call.endMicros().orElseThrow()).isBetween(99_000L, 130_000L);
    }

    private static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
