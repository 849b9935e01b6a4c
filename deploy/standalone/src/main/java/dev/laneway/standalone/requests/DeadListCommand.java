package dev.laneway.standalone.requests;

import dev.laneway.standalone.client.ManagementClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead list}. */
@Command(
        name = "list",
        description = "Lists the dead letters, a line each: when, id, request, size, reason.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeadListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--lane", defaultValue = "", description = "Only of this lane.")
    private String lane;

    @Option(names = "--zone", defaultValue = "", description = "Only of this zone: local or cloud.")
    private String zone;

    @Mixin
    private ManagementClient management;

    @Override
    public Integer call() throws Exception {
        DeadFilter.require(spec, lane, zone);
        return management.print(
                spec.commandLine().getOut(), "GET", "/dead/letters", Map.of("lane", lane, "zone", zone), null);
    }
}
