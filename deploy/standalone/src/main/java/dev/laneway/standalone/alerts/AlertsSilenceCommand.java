package dev.laneway.standalone.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts silence}. */
@Command(
        name = "silence",
        description = "Tells nobody of some alerts for a while. In force on every accounting within a second.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsSilenceCommand implements Callable<Integer> {
    @Option(names = "--kind", description = "Of this kind, such as spend. Unsaid: of every kind.")
    private @Nullable String kind;

    @Option(
            names = "--subject",
            description = "About this and what is below it, such as team/red; about all that begins so, such as key/*."
                    + " Unsaid: about anything.")
    private @Nullable String subject;

    @Option(names = "--from", description = "An instant, such as 2026-11-30T22:00:00Z. Unsaid: now.")
    private @Nullable String from;

    @Option(names = "--until", description = "An instant.")
    private @Nullable String until;

    @Option(names = "--for", description = "How long, such as 2h, in place of --until.")
    private @Nullable String span;

    @Option(names = "--reason", description = "Why; for whoever lists silences.")
    private @Nullable String reason;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ApiClient.put(body, "kind", kind);
        ApiClient.put(body, "subject", subject);
        ApiClient.put(body, "from", from);
        ApiClient.put(body, "until", until);
        ApiClient.put(body, "for", span);
        ApiClient.put(body, "reason", reason);
        return api.print(api.ask("POST", "/v1/alerts/silences", body), AlertText::silence);
    }
}
