package dev.laneway.provider.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.fixtures.RequestFixture;
import dev.laneway.runtime.control.Directory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCapTest {
    private final Directory directory = new Directory();
    private final TokenCap cap = new TokenCap(directory);

    private static Terms most(long tokens) {
        return Terms.limited(new RateLimits(0, 0, 0, 0, 0, tokens));
    }

    private static Request request(long inputTokens, long choices) {
        return RequestFixture.request()
                .owner("k")
                .route("smart")
                .lane("premium")
                .inputTokens(inputTokens)
                .configVersion("v")
                .payer(new Payer("t", null, List.of()))
                .choices(choices)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 0, 900",
        "100, 3, 0, 300",
        "100, 0, 200, 200",
        "5000, 0, 0, 1",
        "100, 0, 2000, 900",
        "100, 3, 600, 200"
    })
    void shouldLeaveToTheAnswerWhatThePromptDoesNotNeed(long prompt, long choices, int operators, int each) {
        directory.put(new Control.Team(1, "t", null, most(1_000), Map.of(), false, false, null, Map.of(), 0));

        assertThat(cap.of(request(prompt, choices), "smart", "claude", operators))
                .isEqualTo(each);
    }

    @Test
    void shouldGoByTheTightest() {
        directory.put(new Control.Team(1, "t", null, most(1_000), Map.of(), false, false, null, Map.of(), 0));
        directory.put(new Control.Purse(1, Scope.MODEL, "smart", most(400), false, null));

        assertThat(cap.of(request(100, 0), "smart", "claude", 0)).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smart", "sm*", "claude"})
    void shouldGoByTheModelHoweverItIsNamed(String model) {
        directory.put(new Control.Purse(1, Scope.MODEL, model, most(400), false, null));

        assertThat(cap.of(request(100, 0), "sm*", "claude", 0)).isEqualTo(300);
    }

    @Test
    void shouldLeaveTheOperatorsWordWhereNobodySaysMore() {
        assertThat(cap.of(request(100, 0), "smart", "claude", 7)).isEqualTo(7);
        assertThat(cap.of(request(100, 3), "smart", "claude", 7)).isEqualTo(2);
        assertThat(cap.of(request(100, 9), "smart", "claude", 7)).isEqualTo(1);
        assertThat(cap.of(request(100, 0), "smart", "claude", 0)).isZero();
    }
}
