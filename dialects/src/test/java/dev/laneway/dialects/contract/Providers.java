package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import java.util.Objects;

/** A vendor for each dialect, and where it is. */
final class Providers {
    private Providers() {}

    static ProviderRow of(Dialect dialect) {
        return Objects.requireNonNull(ProviderCatalogue.find(
                switch (dialect) {
                    case OPENAI_CHAT -> "openai";
                    case ANTHROPIC_MESSAGES -> "anthropic";
                    case OPENAI_RESPONSES -> "openai_responses";
                    case OLLAMA_CHAT -> "ollama";
                    case OLLAMA_GENERATE -> throw new IllegalArgumentException("no vendor speaks it");
                    case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(dialect.id());
                }));
    }

    static String base(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT, OPENAI_RESPONSES -> "https://vendor.example/v1/";
            case ANTHROPIC_MESSAGES, OLLAMA_CHAT -> "https://vendor.example";
            case OLLAMA_GENERATE -> throw new IllegalArgumentException("no vendor speaks it");
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                throw new IllegalArgumentException(dialect.id());
        };
    }
}
