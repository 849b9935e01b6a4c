package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts end}. */
@Command(name = "end", description = "Ends a silence.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsEndCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Of the silence.")
    private String id;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        JsonNode ended = api.ask("DELETE", "/v1/alerts/silences/" + ApiClient.encode(id), null);
        PrintWriter out = spec.commandLine().getOut();
        out.println(api.json() ? ApiClient.pretty(ended) : AlertText.silence(ended));
        out.flush();
        return 0;
    }
}
