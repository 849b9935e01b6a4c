package dev.laneway.dialects.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderCatalogueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai", "anthropic", "ollama", "ollama_chat", "hosted_vllm", "vllm", "lm_studio", "llamafile",
                "llama_cpp", "mistral", "groq", "deepseek", "together_ai", "fireworks_ai", "openrouter", "xai",
                "perplexity", "cerebras", "cohere", "custom_openai", "openai_like", "OpenAI"
            })
    void shouldKnowTheVendor(String prefix) {
        assertThat(ProviderCatalogue.find(prefix)).isNotNull();
    }

    @Test
    void shouldNotKnowOthers() {
        assertThat(ProviderCatalogue.find("nobody")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "openai_responses, openai",
        "groq_responses, groq",
        "vertex_ai_anthropic, vertex_ai",
        "openai, openai",
        "anthropic, anthropic",
        "nobody_responses, nobody_responses"
    })
    void shouldKnowWhoseCallsARowsAre(String provider, String vendor) {
        assertThat(ProviderCatalogue.vendor(provider)).isEqualTo(vendor);
    }

    @Test
    void shouldHaveRowsThatCanBeUsed() {
        assertThat(ProviderCatalogue.all()).hasSizeGreaterThanOrEqualTo(20).allSatisfy(row -> {
            // a service account is a file
            assertThat(row.keyVariables().isEmpty())
                    .as(row.name())
                    .isEqualTo(row.auth() == ProviderRow.AuthStyle.GOOGLE);
            assertThat(row.baseUrlVariables()).isNotEmpty();
            if (row.baseUrl() != null) {
                assertThat(row.baseUrl()).startsWith("http").doesNotEndWith("/");
                assertThat(row.resolveBaseUrl(null)).isEqualTo(row.baseUrl());
            }
            if (!row.selfHosted() && row.baseUrl() != null) {
                assertThat(row.baseUrl()).startsWith("https://");
            }
        });
        assertThat(ProviderCatalogue.find("anthropic").dialect()).isEqualTo(Dialect.ANTHROPIC_MESSAGES);
    }

    @ParameterizedTest
    @CsvSource({
        "ollama, http://localhost:11434, http://localhost:11434",
        "ollama, 10.0.0.5:11434, http://10.0.0.5:11434",
        "lm_studio, http://localhost:1234, http://localhost:1234/v1",
        "lm_studio, http://localhost:1234/, http://localhost:1234/v1",
        "lm_studio, 10.0.0.5:1234, http://10.0.0.5:1234/v1",
        "lm_studio, http://gpu/studio/v1, http://gpu/studio/v1",
        "hosted_vllm, https://vllm.internal/v1/, https://vllm.internal/v1",
        "openai, https://proxy.example/openai, https://proxy.example/openai",
        "perplexity, '', https://api.perplexity.ai"
    })
    void shouldResolveBaseUrls(String provider, String configured, String resolved) {
        assertThat(ProviderCatalogue.find(provider).resolveBaseUrl(configured)).isEqualTo(resolved);
    }

    @Test
    void shouldRefuseToGuessABaseUrl() {
        var row = ProviderCatalogue.find("custom_openai");

        assertThatThrownBy(() -> row.resolveBaseUrl(null)).hasMessageContaining("custom_openai");
    }
}
