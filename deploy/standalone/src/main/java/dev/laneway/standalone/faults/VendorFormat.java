package dev.laneway.standalone.faults;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A wire format of vendors: how a deployment of the simulator's is configured that speaks it, and which faults it can't have. */
public enum VendorFormat {
    OPENAI("OpenAI chat", "model: \"openai/%s\", api_base: \"%s/v1\", api_key: %s", Map.of()),
    ANTHROPIC("Anthropic Messages", "model: \"anthropic/%s\", api_base: \"%s\", api_key: %s", Map.of()),
    RESPONSES(
            "OpenAI Responses",
            "model: \"openai/responses/%s\", api_base: \"%s/v1\", api_key: %s",
            Map.of(
                    "no-choices", "a response has no choices; one without output is `empty`",
                    "no-finish", "the event that ends it is what tells why: `no-end`")),
    GEMINI(
            "Gemini",
            "model: \"gemini/%s\", api_base: \"%s\", api_key: %s",
            Map.of("no-end", "nothing follows the chunk that tells why it ended: `no-finish`")),
    OLLAMA(
            "Ollama",
            "model: \"ollama/%s\", api_base: \"%s\", api_key: %s",
            Map.of(
                    "no-choices", "a line has no choices; an answer without text is `empty`",
                    "no-finish", "the line that ends it is what tells why: `no-end`",
                    "content-filter", "it has no filter, and no reason of an end that would say so")),
    BEDROCK(
            "Bedrock Converse",
            "model: \"bedrock/%s\", api_base: \"%s\", aws_region_name: eu-west-1, api_key: %s",
            Map.of(
                    "401", "AWS says 403 to a key that it doesn't take",
                    "413", "AWS says 400 to a request that is too large: `context-window`",
                    "529", "AWS says 503",
                    "no-choices", "an answer has no choices; one without blocks is `empty`"));

    private final String words;
    private final String deployment;

    @SuppressWarnings("ImmutableEnumChecker") // a copy, which nobody can change
    private final Map<String, String> absent;

    VendorFormat(String words, String deployment, Map<String, String> absent) {
        this.words = words;
        this.deployment = deployment;
        this.absent = Map.copyOf(absent);
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Why a fault can't be told from another, or can't happen, in this format; empty where it can. */
    public Optional<String> lacks(String fault) {
        return Optional.ofNullable(absent.get(fault));
    }

    /** The vendor's part of a deployment's parameters. */
    String deployment(String model, String simulator, String key) {
        return String.format(Locale.ROOT, deployment, model, simulator, key);
    }
}
