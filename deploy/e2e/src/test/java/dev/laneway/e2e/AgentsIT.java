package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.RetryAfter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Claude Code, Codex, OpenClaw, opencode, Gemini CLI and Qwen Code, headless: each reads a file by its own tool, and says what is in it.
 * Run by {@code -Pagents}: what they are made of is 2.1 GB; {@code -Dagents=codex,qwen-code} runs these alone.
 * Skipped where it can't be had, or doesn't run.
 */
@Tag("agents")
class AgentsIT extends RealClients {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    /** All, or those whose names are in the property {@code agents}, with commas between them. */
    private static final List<Agent> ASKED = Agent.named(System.getProperty("agents", ""));

    private CompletableFuture<ClientPackages> packages;

    @Override
    List<String> names() {
        return ASKED.stream().map(Agent::name).toList();
    }

    @Override
    String config() {
        return ClientConfig.ofAgents(simulator.baseUrl(), ASKED);
    }

    /** Installs what the agents are made of beside it. */
    @Override
    Gateway start(Path folder) throws Exception {
        packages = ClientPackages.npm("agents");
        return super.start(folder);
    }

    static Stream<Arguments> agentsAndVendors() {
        return ASKED.stream().flatMap(agent -> agent.vendors().stream().map(vendor -> Arguments.of(agent, vendor)));
    }

    static Stream<Agent> agents() {
        return ASKED.stream();
    }

    @ParameterizedTest
    @MethodSource("agentsAndVendors")
    void shouldRunATool(Agent agent, String vendor) throws Exception {
        String note = UUID.randomUUID().toString();

        ClientRun run = run(agent, vendor, note);

        assertAnswer(run, note);
        assertThat(calls(agent + "-" + vendor))
                .hasSize(2)
                .extracting(Call::status)
                .containsOnly(200);
    }

    @ParameterizedTest
    @MethodSource("agents")
    void shouldWaitAsLongAsA429Says(Agent agent) throws Exception {
        String note = UUID.randomUUID().toString();
        String route = agent + "-anthropic";
        fail(route, new Fault.Status(429, new RetryAfter.Seconds(1)));

        ClientRun run = run(agent, "anthropic", note);

        assertAnswer(run, note);
        List<Call> calls = calls(route);
        assertThat(calls).extracting(Call::status).startsWith(429).endsWith(200, 200);
        assertThat(Duration.between(calls.get(0).started(), calls.get(1).started()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @ParameterizedTest
    @MethodSource("agents")
    void shouldAskAgainWhereAStreamEndsWithAnError(Agent agent) throws Exception {
        String note = UUID.randomUUID().toString();
        String route = agent + "-openai";
        fail(route, new Fault.ErrorMidStream(1, 500));

        ClientRun run = run(agent, "openai", note);

        assertAnswer(run, note);
        assertThat(calls(route).stream().map(Call::fault).filter(fault -> !fault.isEmpty()))
                .hasSize(1);
    }

    private static void assertAnswer(ClientRun run, String note) {
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.output()).as(run.toString()).contains("The tool said: ").contains(note);
    }

    private ClientRun run(Agent agent, String vendor, String note) throws Exception {
        Path modules = packages.get().folder().resolve("node_modules");
        String api = gateway.api().toString();
        String model = agent + "-" + vendor;
        Path home = home(agent.name());
        Files.writeString(home.resolve("note.txt"), note);
        List<String> command = agent.command(modules, home, api, model);
        ClientRun run = run(agent.name(), command, agent.environment(api, Gateway.KEY, model), PATIENCE);
        assertThat(Path.of(command.getFirst())).exists();
        Assumptions.assumeFalse(run.noProgram(), () -> agent + " doesn't run here: " + run);
        return run;
    }
}
