package dev.laneway.standalone.prove;

import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.Providers;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A config of every kind of route, read and rewritten. */
final class Configs {
    static final String TEXT = """
            model_list:
              - model_name: home
                litellm_params: {model: ollama/llama3.2, api_base: http://localhost:11434}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY, temperature: 0.5, extra_headers: {x-team: legal}}
              - model_name: gpt
                litellm_params: {model: openai/gpt-4o, api_key: sk-written-into-the-file}
              - model_name: gpt
                litellm_params: {model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY}
            lanes:
              private: {privacy: local_only}
              routine: {privacy: local_first, approved: [claude]}
              premium: {privacy: cloud_allowed}
            routes:
              secure: {lane: private, chain: [home]}
              everyday: {lane: routine, chain: [home, claude]}
              best: {lane: premium, chain: [gpt, claude]}
            router_settings: {num_retries: 5}
            general_settings: {master_key: sk-of-the-operator}
            """;

    private Configs() {}

    static ConfigResult.Valid original() {
        return read(TEXT);
    }

    /** Rewritten to two addresses. */
    static ConfigResult.Valid rehearsed() {
        return read(RehearsalConfig.of(
                original().publishableText(),
                (zone, account) -> "http://127.0.0.1:" + port(zone.id()) + "/" + account));
    }

    static int port(String zone) {
        return zone.equals("local") ? 1111 : 2222;
    }

    private static ConfigResult.Valid read(String text) {
        return switch (new ConfigLoader(new Catalogue(), true).parse(text, "test", Environment.of(Map.of()))) {
            case ConfigResult.Valid valid -> valid;
            case ConfigResult.Invalid invalid ->
                throw new AssertionError(invalid.problems().toString());
        };
    }

    private static final class Catalogue implements Providers {
        @Override
        public @Nullable ProviderRow find(String prefix) {
            return ProviderCatalogue.find(prefix);
        }

        @Override
        public Collection<ProviderRow> all() {
            return ProviderCatalogue.all();
        }
    }
}
