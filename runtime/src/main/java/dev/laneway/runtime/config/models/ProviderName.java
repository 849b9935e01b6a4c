package dev.laneway.runtime.config.models;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.Providers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the vendor and its own model name from {@code litellm_params.model}, as LiteLLM's users write it. */
public final class ProviderName {
    /** LiteLLM's prefixes of vendors whose dialect isn't there yet: known, so not a misspelling. */
    private static final Set<String> NOT_YET = Set.of(
            "ai21",
            "aiml",
            "aleph_alpha",
            "anyscale",
            "assemblyai",
            "azure",
            "azure_ai",
            "azure_text",
            "baseten",
            "bedrock",
            "bedrock_converse",
            "clarifai",
            "cloudflare",
            "codestral",
            "cohere",
            "cohere_chat",
            "databricks",
            "deepgram",
            "elevenlabs",
            "gemini",
            "github",
            "github_copilot",
            "huggingface",
            "infinity",
            "jina_ai",
            "litellm_proxy",
            "maritalk",
            "nlp_cloud",
            "oobabooga",
            "ollama_chat",
            "oci",
            "palm",
            "petals",
            "predibase",
            "replicate",
            "sagemaker",
            "sagemaker_chat",
            "sap",
            "snowflake",
            "topaz",
            "triton",
            "vertex_ai",
            "vertex_ai_beta",
            "voyage",
            "watsonx",
            "watsonx_text");

    /** Bare names whose vendor everybody knows, by how they begin. */
    private static final Map<String, List<String>> BARE = Map.of(
            "openai",
                    List.of(
                            "gpt-",
                            "chatgpt-",
                            "codex-",
                            "computer-use-",
                            "davinci-",
                            "ft:gpt-",
                            "o1",
                            "o3",
                            "o4",
                            "omni-",
                            "text-embedding-",
                            "text-moderation-"),
            "anthropic", List.of("claude-"),
            "gemini", List.of("gemini-"),
            "deepseek", List.of("deepseek-"),
            "cohere", List.of("command-"));

    private static final String RESPONSES = "responses/";

    private final Providers providers;

    ProviderName(Providers providers) {
        this.providers = providers;
    }

    /** What a model's name says. */
    sealed interface Told {
        record Known(ProviderRow row, String vendorModel) implements Told {}

        /** A vendor of LiteLLM's that this version can't call. */
        record NotYet(String prefix) implements Told {}

        /** A prefix that nobody knows. */
        record Strange(String prefix) implements Told {}

        /** No prefix, and a name that could be anybody's. */
        record Bare() implements Told {}
    }

    /** @param stated {@code custom_llm_provider}, which goes before any prefix */
    Told tell(String model, @Nullable String stated) {
        if (stated != null) {
            ProviderRow row = providers.find(stated);
            String own = model.startsWith(stated + "/") ? model.substring(stated.length() + 1) : model;
            return row == null ? unknown(stated) : known(row, own);
        }
        int slash = model.indexOf('/');
        if (slash > 0) {
            String prefix = model.substring(0, slash);
            ProviderRow row = providers.find(prefix);
            return row == null ? unknown(prefix) : known(row, model.substring(slash + 1));
        }
        for (Map.Entry<String, List<String>> vendor : BARE.entrySet()) {
            if (vendor.getValue().stream().anyMatch(model::startsWith)) {
                ProviderRow row = providers.find(vendor.getKey());
                return row == null ? new Told.NotYet(vendor.getKey()) : new Told.Known(row, model);
            }
        }
        return new Told.Bare();
    }

    /**
     * {@code openai/responses/gpt-5} is called by OpenAI Responses, and {@code vertex_ai/claude-...} as Anthropic has it, as LiteLLM has it.
     */
    private Told known(ProviderRow row, String own) {
        ProviderRow claude = ProviderCatalogue.claudeOn(row.name(), own, providers::find);
        if (claude != null) {
            return new Told.Known(claude, own);
        }
        ProviderRow responses = own.startsWith(RESPONSES) ? responses(row) : null;
        return responses == null
                ? new Told.Known(row, own)
                : new Told.Known(responses, own.substring(RESPONSES.length()));
    }

    /** The same vendor by its Responses API; null where it has none. */
    @Nullable
    ProviderRow responses(ProviderRow row) {
        return providers.find(row.name() + "_responses");
    }

    /** Patterns of bare names that a vendor is known by. */
    public static List<String> barePatterns(String provider) {
        return BARE.getOrDefault(provider, List.of()).stream()
                .filter(start -> start.endsWith("-"))
                .map(start -> start + "*")
                .toList();
    }

    private static Told unknown(String prefix) {
        return NOT_YET.contains(prefix) ? new Told.NotYet(prefix) : new Told.Strange(prefix);
    }
}
