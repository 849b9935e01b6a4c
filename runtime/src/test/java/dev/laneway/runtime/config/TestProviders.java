package dev.laneway.runtime.config;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.dialects.providers.ProviderRow.AuthStyle;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few vendors, so that tests of rules don't change with the catalogue. */
final class TestProviders implements Providers {
    private final Map<String, ProviderRow> rows = new LinkedHashMap<>();

    TestProviders() {
        cloud("openai", "https://api.openai.com/v1", Dialect.OPENAI_CHAT, AuthStyle.BEARER, "OPENAI");
        cloud(
                "text-completion-openai",
                "https://api.openai.com/v1",
                Dialect.OPENAI_COMPLETIONS,
                AuthStyle.BEARER,
                "OPENAI");
        cloud("anthropic", "https://api.anthropic.com", Dialect.ANTHROPIC_MESSAGES, AuthStyle.X_API_KEY, "ANTHROPIC");
        cloud("mistral", "https://api.mistral.ai/v1", Dialect.OPENAI_CHAT, AuthStyle.BEARER, "MISTRAL");
        selfHosted("ollama", "http://localhost:11434", List.of("OLLAMA_API_BASE", "OLLAMA_HOST"));
        selfHosted("hosted_vllm", null, List.of("HOSTED_VLLM_API_BASE"));
        selfHosted("lm_studio", null, List.of());
    }

    @Override
    public ProviderRow find(String prefix) {
        return rows.get(prefix.equals("vllm") ? "hosted_vllm" : prefix);
    }

    @Override
    public Collection<ProviderRow> all() {
        return rows.values();
    }

    private void cloud(String name, String url, Dialect dialect, AuthStyle auth, String variable) {
        rows.put(
                name,
                new ProviderRow(
                        name,
                        dialect,
                        url,
                        auth,
                        List.of(variable + "_API_KEY"),
                        List.of(variable + "_BASE_URL"),
                        false,
                        Set.of()));
    }

    private void selfHosted(String name, String url, List<String> urlVariables) {
        rows.put(
                name,
                new ProviderRow(
                        name, Dialect.OPENAI_CHAT, url, AuthStyle.NONE, List.of(), urlVariables, true, Set.of()));
    }
}
