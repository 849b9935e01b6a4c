package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts silence}. */
@Command(
        name = "silence",
        description = "Tells nobody of some alerts for a while. In force on every accounting within a second.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AlertsSilenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

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
        put(body, "kind", kind);
        put(body, "subject", subject);
        put(body, "from", from);
        put(body, "until", until);
        put(body, "for", span);
        put(body, "reason", reason);
        JsonNode made = api.ask("POST", "/v1/alerts/silences", body);
        PrintWriter out = spec.commandLine().getOut();
        out.println(api.json() ? ApiClient.pretty(made) : AlertText.silence(made));
        out.flush();
        return 0;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
