package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts silences}. */
@Command(
        name = "silences",
        description = "Lists the silences that are not over, the newest first, a line each.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsSilencesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--ended", description = "Those that are over, too.")
    private boolean ended;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page =
                    api.ask("GET", "/v1/alerts/silences?limit=500" + (ended ? "&ended=true" : "") + after, null);
            if (api.json()) {
                out.println(ApiClient.pretty(page));
            } else {
                page.path("data").forEach(silence -> out.println(AlertText.silence(silence)));
            }
            more = page.path("has_more").asBoolean();
            JsonNode last = page.path("data").path(page.path("data").size() - 1);
            after = "&after=" + ApiClient.encode(last.path("id").asText());
        }
        out.flush();
        return 0;
    }
}
