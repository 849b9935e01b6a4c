package dev.laneway.standalone.requests;

import dev.laneway.standalone.client.ManagementClient;
import dev.laneway.standalone.client.OperatorKeyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead show}. */
@Command(
        name = "show",
        description = "Shows a dead letter with its envelope, without the words of client and vendor.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeadShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The letter's id, as list says it.")
    private String id;

    @Option(names = "--body", description = "Also the body and what else may hold a prompt. Needs the master key.")
    private boolean body;

    @Mixin
    private OperatorKeyOption key;

    @Mixin
    private ManagementClient management;

    @Override
    public Integer call() throws Exception {
        return management.print(
                spec.commandLine().getOut(),
                "GET",
                "/dead/letters/" + ManagementClient.encode(id),
                Map.of("body", body ? "true" : ""),
                key.find(System.getenv()));
    }
}
