package dev.laneway.standalone.alerts;

import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alerts end}. */
@Command(name = "end", description = "Ends a silence.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsEndCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Of the silence.")
    private String id;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        return api.print(api.ask("DELETE", "/v1/alerts/silences/" + ApiClient.encode(id), null), AlertText::silence);
    }
}
