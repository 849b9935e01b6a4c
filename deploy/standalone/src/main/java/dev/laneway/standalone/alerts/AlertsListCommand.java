package dev.laneway.standalone.alerts;

import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts list}. */
@Command(
        name = "list",
        description =
                "Lists alerts that were raised, the newest first, a line each: when, kind, about whom, whether told, what.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsListCommand implements Callable<Integer> {
    @Option(names = "--kind", description = "Only of this kind.")
    private @Nullable String kind;

    @Option(names = "--subject", description = "Only about this, such as team/red/monthly.")
    private @Nullable String subject;

    @Option(names = "--limit", description = "How many. Default: ${DEFAULT-VALUE}.", defaultValue = "50")
    private int limit;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        String path = "/v1/alerts?limit=" + limit
                + ApiClient.parameter("kind", kind)
                + ApiClient.parameter("subject", subject);
        return api.printPage(api.ask("GET", path, null), AlertText::alert);
    }
}
