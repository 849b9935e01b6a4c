package dev.laneway.dialects.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcDEF123456",
                "sk-ant-api03-AAAA-bbbb_cccc",
                "sk-abc***********xyz",
                "gsk_aBcDeFgH12345678",
                "xai-1234567890abcdef",
                "AIzaSyA-1234567890abcdefghij",
                "Bearer abcdef123456",
                "eyJhbGciOi.eyJzdWIiOi.SflKxwRJ",
                "AKIAIOSFODNN7EXAMPLE"
            })
    void shouldTakeOutWhatLooksLikeAKey(String key) {
        var clean = VendorWords.scrubbed("Incorrect key provided: " + key + ". See the docs.");

        assertThat(clean).contains("[redacted]").contains("See the docs").doesNotContain(key);
    }

    @Test
    void shouldLeaveModelsAndAdviceAlone() {
        var words = "The model claude-sonnet-4-5-20250929 takes 200000 tokens; ask for task-oriented desk-research.";

        assertThat(VendorWords.scrubbed(words)).isEqualTo(words);
    }

    @Test
    void shouldKeepItShortAndInOneLine() {
        var clean = VendorWords.scrubbed("a\nb\u0000c " + "x".repeat(5_000));

        assertThat(clean).startsWith("a b c xxx").hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void shouldHideTheVendorsModelAndOurKey() {
        var concealment = new Concealment("gpt-4o-2024", "smart", "my-secret-key");

        var hidden = concealment.of(Failure.of(FailureKind.REJECTED, "gpt-4o-2024 refuses my-secret-key"));

        assertThat(hidden.message()).isEqualTo("smart refuses [redacted]");
        assertThat(concealment.toString()).doesNotContain("my-secret-key");
    }
}
