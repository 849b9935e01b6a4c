package dev.laneway.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final long SENT = 1_000_000;
    private static final long GIVEN_UP = SENT + 2_000;

    private final Repetitions repetitions = new Repetitions();

    private boolean isOne(Fact first, Fact second, long at) {
        assertThat(repetitions.isOne(first, SENT)).isFalse();
        return repetitions.isOne(second, at);
    }

    @Test
    void shouldKnowARecordThatItsProducerGaveUpAndPublishedAgain() {
        assertThat(isOne(Made.ended("req_a"), Made.ended("req_a"), GIVEN_UP)).isTrue();
    }

    @Test
    void shouldNotTakeARecordThatIsThereTwiceAtOnceForOne() {
        assertThat(isOne(Made.ended("req_a"), Made.ended("req_a"), SENT + 1)).isFalse();
    }

    @Test
    void shouldNotTakeAnotherDecisionForOne() {
        assertThat(isOne(Made.ended("req_a"), Made.fact("req_a:0:0", Outcome.SUCCEEDED), GIVEN_UP))
                .isFalse();
    }
}
