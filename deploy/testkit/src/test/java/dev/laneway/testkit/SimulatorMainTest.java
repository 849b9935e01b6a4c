package dev.laneway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.faults.Glob;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.limits.LimitRule;
import dev.laneway.testkit.models.Delay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorMainTest {
    @Test
    void shouldReadEveryOption() {
        SimulatorConfig config = SimulatorMain.config(List.of(
                        "--port",
                        "1234",
                        "--host",
                        "0.0.0.0",
                        "--seed",
                        "9",
                        "--log",
                        "calls.jsonl",
                        "--keep_bodies",
                        "--instances",
                        "2",
                        "--defaults",
                        "~ttft=200~gap=20~chunks=64",
                        "--rpm",
                        "5",
                        "--tpm",
                        "6",
                        "--parallel",
                        "7"))
                .orThrow();

        assertThat(config.port()).isEqualTo(1234);
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.seed()).isEqualTo(9);
        assertThat(config.logFile()).contains(Path.of("calls.jsonl"));
        assertThat(config.keepBodies()).isTrue();
        assertThat(config.instances()).isEqualTo(2);
        assertThat(config.behaviour().ttft()).isEqualTo(new Delay.Fixed(200));
        assertThat(config.behaviour().chunks()).isEqualTo(64);
        assertThat(config.limits()).containsExactly(new LimitRule(Glob.ANY, 5, 6, 7));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(SimulatorMain.config(List.of("--prot", "1"))).isEqualTo(Parsed.bad("unknown option --prot"));
        assertThat(SimulatorMain.config(List.of("--port"))).isEqualTo(Parsed.bad("--port needs a value"));
        assertThat(SimulatorMain.config(List.of("--port", "70000"))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void shouldSayHowItIsUsed() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = SimulatorMain.run(List.of("--nonsense", "1"), System.out, new PrintStream(err));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("unknown option --nonsense").contains("usage: simulate");
    }
}
