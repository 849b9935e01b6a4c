package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.faults.CallMatch;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultRule;
import dev.laneway.testkit.faults.Occurrence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatabilityIT {
    @Test
    void shouldRepeatARunWithTheSameSeed() throws Exception {
        List<String> run = run(5);

        assertThat(run(5)).isEqualTo(run);
    }

    @Test
    void shouldDifferWithAnotherSeed() throws Exception {
        assertThat(run(5)).isNotEqualTo(run(6));
    }

    @Test
    void shouldAppendEveryCallToItsFileBeforeItIsClosed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.jsonl");
        try (Sim sim = new Sim(SimulatorConfig.defaults().withLogFile(file))) {
            for (int i = 0; i < 20; i++) {
                sim.chat(body("hi " + i));
            }
            sim.simulator.close().await(20, TimeUnit.SECONDS);
        }

        assertThat(Files.readAllLines(file)).hasSize(20).allMatch(line -> line.contains("\"finished\":\"complete\""));
    }

    @Test
    void shouldEndWhatStillRunsWhenItIsClosed() throws Exception {
        try (Sim sim = new Sim();
                RawExchange slow = new RawExchange(
                        sim.simulator.port(),
                        "/v1/chat/completions",
                        body("hi").replace("\"sim\"", "\"sim~ttft=600s\""));
                RawExchange stalled = new RawExchange(
                        sim.simulator.port(),
                        "/v1/chat/completions",
                        body("hi").replace("\"sim\"", "\"sim-fault-stall\",\"stream\":true"))) {
            Awaitility.await()
                    .until(() -> sim.simulator.calls().size() == 2
                            && sim.simulator.calls().stream()
                                    .anyMatch(call -> call.usage().completion() == 2));

            sim.simulator.close().await(20, TimeUnit.SECONDS);

            assertThat(slow.read(5000)).isEqualTo(RawExchange.End.CLOSED);
            assertThat(stalled.read(5000)).isEqualTo(RawExchange.End.CLOSED);
            assertThat(sim.simulator.calls())
                    .extracting(Call::finish)
                    .containsExactlyInAnyOrder(Finish.CUT, Finish.STALLED);
        }
    }

    @Test
    void shouldFailToStartOnAPortInUse() throws Exception {
        try (Sim sim = new Sim()) {
            io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();

            var second = VendorSimulator.start(vertx, SimulatorConfig.defaults().withPort(sim.simulator.port()));

            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> second.await(20, TimeUnit.SECONDS)))
                    .hasMessageContaining("in use");
            vertx.close().await(20, TimeUnit.SECONDS);
        }
    }

    /** What ten calls got, some of them by chance a fault. */
    private static List<String> run(long seed) throws Exception {
        List<String> got = new ArrayList<>();
        try (Sim sim = new Sim(SimulatorConfig.defaults().withSeed(seed))) {
            sim.simulator.faults(
                    List.of(new FaultRule(CallMatch.ANY, new Occurrence.Chance(0.5), new Fault.ContentPolicy())));
            for (int i = 0; i < 10; i++) {
                var response = sim.chat(body("hi " + i));
                got.add(json(response).at("/choices/0/message/content").asText());
                got.add(response.headers().firstValue("x-request-id").orElseThrow());
            }
        }
        return got;
    }

    private static String body(String text) {
        return "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }
}
