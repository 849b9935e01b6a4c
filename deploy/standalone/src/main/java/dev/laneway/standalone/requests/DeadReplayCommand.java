package dev.laneway.standalone.requests;

import dev.laneway.standalone.client.ManagementClient;
import dev.laneway.standalone.client.OperatorKeyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead replay}. */
@Command(
        name = "replay",
        description =
                "Sends a dead letter, or all, to the topic that it came from. A letter is sent once. Needs the master key.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeadReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The letter's id, as list says it.")
    private @Nullable String id;

    @Option(names = "--all", description = "All that were not sent yet.")
    private boolean all;

    @Option(names = "--lane", defaultValue = "", description = "With --all: only of this lane.")
    private String lane;

    @Option(names = "--zone", defaultValue = "", description = "With --all: only of this zone: local or cloud.")
    private String zone;

    @Option(
            names = "--force",
            description =
                    "Also where the request has ended or its deadline has passed; it is given as much time as it had.")
    private boolean force;

    @Mixin
    private OperatorKeyOption key;

    @Mixin
    private ManagementClient management;

    @Override
    public Integer call() throws Exception {
        if (all == (id != null)) {
            throw new ParameterException(spec.commandLine(), "either ID or --all");
        }
        if (!all && !(lane.isEmpty() && zone.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--lane and --zone go with --all");
        }
        DeadFilter.require(spec, lane, zone);
        return management.print(
                spec.commandLine().getOut(),
                "POST",
                "/dead/replay" + (id == null ? "" : "/" + ManagementClient.encode(id)),
                Map.of("lane", lane, "zone", zone, "force", force ? "true" : "", "by", operator()),
                key.find(System.getenv()));
    }

    /** Whoever they are on this machine. */
    private static String operator() {
        return Objects.requireNonNullElse(System.getProperty("user.name"), "");
    }
}
