package dev.laneway.runtime.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ImportedTableTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 6);

    @Test
    void shouldTakeFloatsAsTheDecimalsThatWereMeant() {
        assertThat(lines("""
                {"openai/gpt-x": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.9999999999999997e-07,
                  "output_cost_per_token": 1.1e-06, "max_input_tokens": 1000, "max_output_tokens": 100,
                  "supports_vision": true, "supports_function_calling": true}}
                """))
                .containsExactly("gpt-x 2026-08-06 imported chat in=0.3 out=1.1 window=1000 most=100 can=tools,vision");
    }

    @Test
    void shouldTakeTiersInBothOfTheirForms() {
        assertThat(lines("""
                {"a": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
                  "input_cost_per_token_above_200k_tokens": 2e-06},
                 "b": {"litellm_provider": "openai", "mode": "chat", "tiered_pricing": [
                  {"range": [0, 256000.0], "input_cost_per_token": 5e-08, "output_cost_per_token": 4e-07},
                  {"range": [256000.0, 1000000.0], "input_cost_per_token": 2.5e-07, "output_cost_per_token": 2e-06}]}}
                """))
                .containsExactly(
                        "a 2026-08-06 imported chat in=1 out=2 in>200000=2",
                        "b 2026-08-06 imported chat in=0.05 out=0.4 in>256000=0.25 out>256000=2");
    }

    @Test
    void shouldKnowAFreeModelWithoutTakingItToBeFree() {
        assertThat(lines("""
                {"gemini/g": {"litellm_provider": "gemini", "mode": "chat", "input_cost_per_token": 0, "output_cost_per_token": 0,
                  "max_input_tokens": 7},
                 "openrouter/x/y:free": {"litellm_provider": "openrouter", "mode": "chat", "input_cost_per_token": 0,
                  "output_cost_per_token": 0}}
                """))
                .containsExactly("g 2026-08-06 imported chat window=7", "x/y:free 2026-08-06 imported chat in=0 out=0");
    }

    @Test
    void shouldRefuseWhatCantBeMeant() {
        ImportedTable.Result result = result("""
                {"deepinfra/m": {"litellm_provider": "deepinfra", "mode": "chat", "input_cost_per_token": 0.135,
                  "output_cost_per_token": 0.54},
                 "half": {"litellm_provider": "openai", "mode": "chat", "output_cost_per_token": 1e-06},
                 "cached": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06,
                  "output_cost_per_token": 1e-06, "cache_read_input_token_cost": 2e-06}}
                """);

        assertThat(result.catalogue().rows()).isEmpty();
        assertThat(result.refused())
                .containsEntry("deepinfra/m", "costs more than anything does: in=135000")
                .containsEntry("half", "says only the half of what it costs: write both in= and out=")
                .containsEntry("cached", "cached tokens cost more than others: cached=2");
    }

    @Test
    void shouldLeaveOutWhatIsNeverCalled() {
        ImportedTable.Result result = result("""
                {"sample_spec": {"litellm_provider": "one of many", "mode": "one of many"},
                 "dall-e": {"litellm_provider": "openai", "mode": "image_generation"},
                 "ollama/llama": {"litellm_provider": "ollama", "mode": "chat"},
                 "watsonx/m": {"litellm_provider": "watsonx", "mode": "chat"}}
                """);

        assertThat(result.catalogue().rows()).isEmpty();
        assertThat(result.others()).isEqualTo(4);
    }

    @Test
    void shouldRefuseWhatIsNoTable() {
        assertThatThrownBy(() -> result("[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> result("{")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Iterable<String> lines(String json) {
        ImportedTable.Result result = result(json);
        assertThat(result.refused()).isEmpty();
        return result.catalogue().rows().stream().map(CatalogueText::line).toList();
    }

    private static ImportedTable.Result result(String json) {
        return ImportedTable.read(json.getBytes(StandardCharsets.UTF_8), DAY);
    }
}
