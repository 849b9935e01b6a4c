package dev.laneway.standalone.requests;

import dev.laneway.standalone.client.ManagementClient;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trace}: asks a running process, by its management port, where a request went. */
@Command(
        name = "trace",
        description = "Shows every topic, partition and offset that a request went through, a line each, with times.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The request's id, as x-request-id said it.")
    private String id;

    @Mixin
    private ManagementClient management;

    @Override
    public Integer call() throws Exception {
        return management.print(
                spec.commandLine().getOut(), "GET", "/trace/" + ManagementClient.encode(id), Map.of(), null);
    }
}
