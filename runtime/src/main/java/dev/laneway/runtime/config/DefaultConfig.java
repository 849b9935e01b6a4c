package dev.laneway.runtime.config;

import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.models.OllamaHost;
import dev.laneway.runtime.config.models.ProviderName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The config of a start without a file: every vendor whose key, or Ollama whose host, is in the environment, by patterns, so that
 * each of its models is callable by its name.
 *
 * @param text a config file, read like any other
 * @param found what the environment has, in the order of the catalogue; empty when there is nothing to call
 */
public record DefaultConfig(String text, List<Found> found) {
    private static final String OLLAMA = "ollama";
    private static final String OLLAMA_HOST = "OLLAMA_HOST";

    /** A model of each vendor that a first try may name. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("openai", "openai/gpt-4o-mini"),
            Map.entry("anthropic", "anthropic/claude-sonnet-4-5"),
            Map.entry("gemini", "gemini/gemini-2.5-flash"),
            Map.entry("mistral", "mistral/mistral-small-latest"),
            Map.entry("groq", "groq/llama-3.3-70b-versatile"),
            Map.entry("deepseek", "deepseek/deepseek-chat"),
            Map.entry("xai", "xai/grok-4.5"),
            Map.entry("perplexity", "perplexity/sonar"),
            Map.entry("cerebras", "cerebras/gpt-oss-120b"),
            Map.entry("openrouter", "openrouter/openrouter/auto"),
            Map.entry(OLLAMA, "ollama/llama3.2"));

    public DefaultConfig {
        Objects.requireNonNull(text, "text");
        found = List.copyOf(found);
    }

    /**
     * A vendor that can be called.
     *
     * @param variable the environment variable that says so
     * @param example a name to put into {@code model}; null where none is known
     */
    public record Found(
            String provider, String variable, @Nullable String example) {}

    /** Looks through the environment. */
    public static DefaultConfig from(Environment environment, Providers providers) {
        StringBuilder models = new StringBuilder();
        List<Found> found = new ArrayList<>();
        // a vendor may have a row for each of its APIs: the first one is what is meant
        Set<String> taken = new HashSet<>();
        for (ProviderRow row : providers.all()) {
            String key = row.keyVariables().stream()
                    .filter(name -> environment.get(name) != null || environment.get(name + "_FILE") != null)
                    .findFirst()
                    .orElse(null);
            if (key != null && !row.selfHosted() && hasAddress(row, environment) && taken.add(key)) {
                found.add(new Found(row.name(), key, EXAMPLES.get(row.name())));
                vendor(row, key, models);
            }
        }
        String variable = environment.get(OLLAMA_HOST) == null ? "OLLAMA_API_BASE" : OLLAMA_HOST;
        String ollama = environment.get(variable);
        if (ollama != null && providers.find(OLLAMA) != null) {
            found.add(new Found(OLLAMA, variable, EXAMPLES.get(OLLAMA)));
            models.append(entry("ollama/*", "ollama/*", "api_base: " + quoted(OllamaHost.url(ollama)), ""));
        }
        return new DefaultConfig("model_list:" + (found.isEmpty() ? " []\n" : "\n" + models), found);
    }

    /**
     * The config of a start with nothing to call: one vendor, simulated, clearly named.
     *
     * @param baseUrl where the simulator answers OpenAI's chat completions, such as {@code http://127.0.0.1:4010/v1}
     */
    public static DefaultConfig simulated(String baseUrl) {
        String where = "api_base: " + quoted(baseUrl) + ", api_key: none";
        String zone = ", model_info: {zone: local, account: simulated}";
        return new DefaultConfig(
                "model_list:\n"
                        + entry("simulated", "openai/simulated", where, zone)
                        + entry("simulated/*", "openai/*", where, zone),
                List.of(new Found("simulated", "built in", "simulated")));
    }

    private static boolean hasAddress(ProviderRow row, Environment environment) {
        return row.baseUrl() != null || row.baseUrlVariables().stream().anyMatch(name -> environment.get(name) != null);
    }

    private static void vendor(ProviderRow row, String variable, StringBuilder models) {
        String key = "api_key: os.environ/" + variable;
        models.append(entry(row.name() + "/*", row.name() + "/*", key, ""));
        for (String bare : ProviderName.barePatterns(row.name())) {
            models.append(entry(bare, row.name() + "/" + bare, key, ""));
        }
    }

    private static String entry(String name, String model, String params, String info) {
        return "  - {model_name: " + quoted(name) + ", litellm_params: {model: " + quoted(model) + ", " + params + "}"
                + info + "}\n";
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
