package dev.laneway.standalone.alerts;

import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts silences}. */
@Command(
        name = "silences",
        description = "Lists the silences that are not over, the newest first, a line each.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsSilencesCommand implements Callable<Integer> {
    @Option(names = "--ended", description = "Those that are over, too.")
    private boolean ended;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        return api.printList(
                "/v1/alerts/silences", ApiClient.parameter("ended", ended ? "true" : null), AlertText::silence);
    }
}
