package dev.laneway.testkit;

import dev.laneway.testkit.calls.Prices;
import dev.laneway.testkit.limits.LimitRule;
import dev.laneway.testkit.models.Behaviour;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a simulator is started.
 *
 * @param host the address it listens on
 * @param port the port, 0 for any free one
 * @param seed what every answer and every chance is drawn from
 * @param instances event loops that serve it, at least 1
 * @param logFile where calls that ended are appended, a JSON object a line
 * @param keepBodies whether requests' bodies can be asked for afterwards
 * @param rememberedCalls most calls that the log holds
 * @param behaviour how a model answers unless its name says otherwise
 * @param limits rate limits to begin with
 * @param prices what calls are charged
 * @param models what {@code GET /v1/models} lists
 */
public record SimulatorConfig(
        String host,
        int port,
        long seed,
        int instances,
        Optional<Path> logFile,
        boolean keepBodies,
        int rememberedCalls,
        Behaviour behaviour,
        List<LimitRule> limits,
        Prices prices,
        List<String> models) {
    private static final List<String> MODELS =
            List.of("sim", "sim-fast", "gpt-5.2", "gpt-5.2-mini", "claude-sonnet-5-5", "claude-haiku-5");

    public SimulatorConfig {
        if (instances < 1 || rememberedCalls < 1 || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("instances and rememberedCalls are at least 1, port is from 0 to 65535");
        }
        limits = List.copyOf(limits);
        models = List.copyOf(models);
    }

    /** Loopback, any free port, seed 1, one event loop, no log file, 200,000 calls remembered, no limits. */
    public static SimulatorConfig defaults() {
        return new SimulatorConfig(
                "127.0.0.1",
                0,
                1,
                1,
                Optional.empty(),
                false,
                200_000,
                Behaviour.PLAIN,
                List.of(),
                Prices.DEFAULT,
                MODELS);
    }

    public SimulatorConfig withHost(String next) {
        return new SimulatorConfig(
                next, port, seed, instances, logFile, keepBodies, rememberedCalls, behaviour, limits, prices, models);
    }

    public SimulatorConfig withPort(int next) {
        return new SimulatorConfig(
                host, next, seed, instances, logFile, keepBodies, rememberedCalls, behaviour, limits, prices, models);
    }

    public SimulatorConfig withSeed(long next) {
        return new SimulatorConfig(
                host, port, next, instances, logFile, keepBodies, rememberedCalls, behaviour, limits, prices, models);
    }

    public SimulatorConfig withInstances(int next) {
        return new SimulatorConfig(
                host, port, seed, next, logFile, keepBodies, rememberedCalls, behaviour, limits, prices, models);
    }

    public SimulatorConfig withLogFile(Path next) {
        return new SimulatorConfig(
                host,
                port,
                seed,
                instances,
                Optional.of(next),
                keepBodies,
                rememberedCalls,
                behaviour,
                limits,
                prices,
                models);
    }

    public SimulatorConfig withKeepBodies(boolean next) {
        return new SimulatorConfig(
                host, port, seed, instances, logFile, next, rememberedCalls, behaviour, limits, prices, models);
    }

    public SimulatorConfig withRememberedCalls(int next) {
        return new SimulatorConfig(
                host, port, seed, instances, logFile, keepBodies, next, behaviour, limits, prices, models);
    }

    public SimulatorConfig withBehaviour(Behaviour next) {
        return new SimulatorConfig(
                host, port, seed, instances, logFile, keepBodies, rememberedCalls, next, limits, prices, models);
    }

    public SimulatorConfig withLimits(List<LimitRule> next) {
        return new SimulatorConfig(
                host, port, seed, instances, logFile, keepBodies, rememberedCalls, behaviour, next, prices, models);
    }
}
