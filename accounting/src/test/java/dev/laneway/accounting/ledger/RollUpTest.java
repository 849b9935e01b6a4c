package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollUpTest {
    private static final CostKey KEY = new CostKey("", "k", 0, "", "", "r", "l", "g", "m", "p");
    private static final Counted ESTIMATE = new Counted(true, TokenUsage.of(10, 20), 500, true);
    private static final Counted ACTUAL = new Counted(false, TokenUsage.of(7, 3), 120, false);

    private final RollUp moved = new RollUp();

    @Test
    void shouldMoveByTheDifferenceWhenAnActualTakesAnEstimatesPlace() {
        moved.remove(KEY, List.of(), ESTIMATE);
        moved.add(KEY, List.of(), ACTUAL);

        RollUp.Line line = moved.lines().iterator().next();
        assertThat(line.attempts).isZero();
        assertThat(line.failures).isEqualTo(-1);
        assertThat(line.output).isEqualTo(-17);
        assertThat(line.costPicos.longValueExact()).isEqualTo(-380);
        assertThat(line.estimates).isEqualTo(-1);
        assertThat(line.estimatePicos.longValueExact()).isEqualTo(-500);
    }

    @Test
    void shouldCountEachTagOnceBesideTheWhole() {
        moved.add(KEY, List.of("a", "b", "a", ""), ACTUAL);

        assertThat(moved.lines())
                .extracting(line -> line.key.tag() + line.attempts)
                .containsExactlyInAnyOrder("1", "a1", "b1");
    }

    @Test
    void shouldHoldMoreThanAWholeNumberCan() {
        Counted huge = new Counted(false, TokenUsage.NONE, Long.MAX_VALUE, false);
        moved.add(KEY, List.of(), huge);
        moved.add(KEY, List.of(), huge);

        assertThat(moved.lines().iterator().next().costPicos.toString()).isEqualTo("18446744073709551614");
    }
}
