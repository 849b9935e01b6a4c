package dev.laneway.runtime.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.Scope;
import dev.laneway.fixtures.RequestFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of ten tokens. */
class ExpectedTokensTest {
    private final RequestDraft request = RequestFixture.request();

    private static Limited of(long perMinute, long perHour) {
        return new Limited(Scope.KEY, "k", new RateLimits(3, perMinute, 4, perHour, 2, 5), false);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1010", "0, 1, 1010", "0, 3, 3010", "7, 0, 17", "7, 3, 31"})
    void shouldBeThePromptAndWhatEachAnswerMayHave(long maxTokens, long choices, long expected) {
        request.maxTokens(maxTokens).choices(choices);

        assertThat(ExpectedTokens.of(request.build())).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_EMBEDDINGS", "OLLAMA_EMBED"})
    void shouldBeThePromptAloneWhereNoAnswerHasTokens(Dialect dialect) {
        request.dialect(dialect);

        assertThat(ExpectedTokens.of(request.build())).isEqualTo(10);
    }

    @Test
    void shouldBeAtLeastOne() {
        request.dialect(Dialect.OPENAI_EMBEDDINGS).inputTokens(0);

        assertThat(ExpectedTokens.of(request.build())).isEqualTo(1);
    }

    /** A small limit is not used up by guesses. */
    @ParameterizedTest
    @CsvSource({"500, 0, 60", "0, 500, 60", "500, 300, 40", "300, 500, 40", "20000, 90000, 1010"})
    void shouldGuessATenthOfTheTightestLimitForAnAnswer(long perMinute, long perHour, long expected) {
        List<Limited> holders = List.of(of(0, 0), of(perMinute, perHour), of(100_000, 100_000));

        assertThat(ExpectedTokens.of(request.build(), holders)).isEqualTo(expected);
    }

    /** What asks for more than there ever is waits for all of it; a prompt that is more than that is never let in. */
    @ParameterizedTest
    @CsvSource({"10, 90, 100", "10, 91, 100", "10, 5000, 100", "100, 1, 100", "101, 1, 101"})
    void shouldBeNoMoreThanTheTightestLimitUnlessThePromptIs(long prompt, long maxTokens, long expected) {
        request.inputTokens(prompt).maxTokens(maxTokens);

        assertThat(ExpectedTokens.of(request.build(), List.of(of(100, 900)))).isEqualTo(expected);
    }

    @Test
    void shouldNeverTakeAnyNumberForLittle() {
        request.maxTokens(Long.MAX_VALUE).choices(Long.MAX_VALUE);

        assertThat(ExpectedTokens.of(request.build())).isGreaterThan(1L << 60);
    }
}
