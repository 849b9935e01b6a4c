package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final Shortage DAILY = new Shortage("key/a/daily@0-86400000/5", Money.ZERO);
    private static final Shortage MONTHLY = new Shortage("team/b/monthly@0-2678400000/9", Money.ofNanos(3));

    private static Failure budget(Shortage... shortages) {
        return new Failure(FailureKind.BUDGET_EXCEEDED, "no money", 0, 0, List.of(shortages));
    }

    @Test
    void shouldKeepTheShortagesOfTheOneThatTellsLess() {
        Failure rejected = Failure.of(FailureKind.REJECTED, "wrong");

        Failure best = budget(DAILY).moreUseful(rejected);

        assertThat(best.kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(best.message()).isEqualTo("wrong");
        assertThat(best.shortages()).containsExactly(DAILY);
    }

    @Test
    void shouldKnowTheShortagesOfBothEachOnce() {
        Failure best = budget(DAILY).moreUseful(budget(MONTHLY, DAILY));

        assertThat(best.shortages()).containsExactly(DAILY, MONTHLY);
    }

    @Test
    void shouldTellOfNoMoreThanFitAnEnvelope() {
        Shortage[] many = IntStream.range(0, 40)
                .mapToObj(i -> new Shortage("key/" + i + "/daily@0-86400000/5", Money.ZERO))
                .toArray(Shortage[]::new);

        Failure best = budget(DAILY).moreUseful(budget(many));

        assertThat(best.shortages()).hasSize(Failure.MOST_SHORTAGES).startsWith(DAILY);
    }
}
