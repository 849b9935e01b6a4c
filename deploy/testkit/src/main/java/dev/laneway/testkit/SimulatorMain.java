package dev.laneway.testkit;

import dev.laneway.testkit.faults.Glob;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import dev.laneway.testkit.limits.LimitRule;
import dev.laneway.testkit.models.ModelName;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a simulator until a signal ends it, which closes its log. Exit code: 1 when it could not start, 2 on wrong usage; after a
 * signal the JVM's own for that.
 */
public final class SimulatorMain {
    private static final String USAGE = """
            usage: simulate [--port N] [--host ADDRESS] [--seed N] [--log FILE.jsonl] [--keep-bodies]
                            [--instances N] [--defaults '~ttft=200~gap=20~chunks=64']
                            [--rpm N] [--tpm N] [--parallel N]""";

    private SimulatorMain() {}

    /** Starts a simulator as the arguments say. */
    public static void main(String[] args) throws InterruptedException {
        int code = run(List.of(args), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Reads the arguments of {@code simulate}; port 9090 unless they say otherwise. */
    public static Parsed<SimulatorConfig> config(List<String> args) {
        SimulatorConfig config = SimulatorConfig.defaults().withPort(9090);
        LimitRule limit = new LimitRule(Glob.ANY, 0, 0, 0);
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i).replace('_', '-');
            if (name.equals("--keep-bodies")) {
                config = config.withKeepBodies(true);
                continue;
            }
            if (++i == args.size()) {
                return Parsed.bad(name + " needs a value");
            }
            String value = args.get(i);
            switch (name) {
                case "--host" -> config = config.withHost(value);
                case "--log" -> config = config.withLogFile(Path.of(value));
                case "--defaults" -> {
                    switch (ModelName.parse("sim" + value, config.behaviour())) {
                        case Parsed.Good<ModelName>(ModelName model) ->
                            config = config.withBehaviour(model.behaviour());
                        case Parsed.Bad<ModelName>(String reason) -> {
                            return Parsed.bad("--defaults: " + reason);
                        }
                    }
                }
                case "--seed" -> {
                    if (!value.matches("-?\\d{1,18}")) {
                        return Parsed.bad("--seed must be a whole number, not '" + value + "'");
                    }
                    config = config.withSeed(Long.parseLong(value));
                }
                case "--port", "--instances", "--rpm", "--tpm", "--parallel" -> {
                    switch (Spec.wholeNumber(name, value, most(name))) {
                        case Parsed.Good<Long>(Long number) -> {
                            limit = limited(limit, name, number.intValue());
                            config = numbered(config, name, number);
                        }
                        case Parsed.Bad<Long>(String reason) -> {
                            return Parsed.bad(reason);
                        }
                    }
                }
                default -> {
                    return Parsed.bad("unknown option " + name);
                }
            }
        }
        boolean limited = limit.requestsPerMinute() + limit.tokensPerMinute() + limit.parallel() > 0;
        return Parsed.good(limited ? config.withLimits(List.of(limit)) : config);
    }

    private static long most(String name) {
        return switch (name) {
            case "--port" -> 65_535;
            case "--instances" -> 64;
            default -> 1_000_000_000;
        };
    }

    private static LimitRule limited(LimitRule limit, String name, int number) {
        return switch (name) {
            case "--rpm" -> new LimitRule(limit.model(), number, limit.tokensPerMinute(), limit.parallel());
            case "--tpm" -> new LimitRule(limit.model(), limit.requestsPerMinute(), number, limit.parallel());
            case "--parallel" ->
                new LimitRule(limit.model(), limit.requestsPerMinute(), limit.tokensPerMinute(), number);
            default -> limit;
        };
    }

    private static SimulatorConfig numbered(SimulatorConfig config, String name, long number) {
        return switch (name) {
            case "--port" -> config.withPort((int) number);
            case "--instances" -> config.withInstances((int) Math.max(1, number));
            default -> config;
        };
    }

    /** Runs until a signal comes; returns the exit code. */
    public static int run(List<String> args, PrintStream out, PrintStream err) throws InterruptedException {
        return switch (config(args)) {
            case Parsed.Bad<SimulatorConfig>(String reason) -> {
                err.println(reason);
                err.println(USAGE);
                yield 2;
            }
            case Parsed.Good<SimulatorConfig>(SimulatorConfig config) -> serve(config, out, err);
        };
    }

    private static int serve(SimulatorConfig config, PrintStream out, PrintStream err) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        VendorSimulator simulator;
        try {
            simulator = VendorSimulator.start(vertx, config).await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            err.println("The simulator could not start: " + e.getMessage());
            vertx.close();
            return 1;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close().onComplete(closed -> stopped.countDown());
            try {
                stopped.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        out.println("The vendor simulator is ready at " + simulator.baseUrl() + " (OpenAI: " + simulator.baseUrl()
                + "/v1, Anthropic: " + simulator.baseUrl() + ", calls: " + simulator.baseUrl() + "/sim/calls)");
        stopped.await();
        return 0;
    }
}
