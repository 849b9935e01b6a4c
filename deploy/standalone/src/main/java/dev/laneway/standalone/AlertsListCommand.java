package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts list}. */
@Command(
        name = "list",
        description =
                "Lists alerts that were raised, the newest first, a line each: when, kind, about whom, whether told, what.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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
                + (kind == null ? "" : "&kind=" + ApiClient.encode(kind))
                + (subject == null ? "" : "&subject=" + ApiClient.encode(subject));
        JsonNode page = api.ask("GET", path, null);
        PrintWriter out = spec.commandLine().getOut();
        if (api.json()) {
            out.println(ApiClient.pretty(page));
        } else {
            page.path("data").forEach(alert -> out.println(AlertText.alert(alert)));
        }
        out.flush();
        return 0;
    }
}
