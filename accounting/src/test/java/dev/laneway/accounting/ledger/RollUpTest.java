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
        assertThat(line.of(Figure.ATTEMPTS)).isZero();
        assertThat(line.of(Figure.FAILURES)).isEqualTo(-1);
        assertThat(line.of(Figure.OUTPUT)).isEqualTo(-17);
        assertThat(line.costPicos.longValueExact()).isEqualTo(-380);
        assertThat(line.of(Figure.ESTIMATES)).isEqualTo(-1);
        assertThat(line.estimatePicos.longValueExact()).isEqualTo(-500);
    }

    @Test
    void shouldMoveTheLinesOfItsTagsByTheSame() {
        moved.add(KEY, List.of("a"), ESTIMATE);
        moved.remove(KEY, List.of("a"), ESTIMATE);
        moved.add(KEY, List.of("a"), ACTUAL);

        assertThat(moved.lines())
                .extracting(line -> line.key.tag() + line.of(Figure.ATTEMPTS) + " " + line.costPicos)
                .containsExactlyInAnyOrder("1 120", "a1 120");
    }

    @Test
    void shouldCountEachTagOnceBesideTheWhole() {
        moved.add(KEY, List.of("a", "b", "a", ""), ACTUAL);

        assertThat(moved.lines())
                .extracting(line -> line.key.tag() + line.of(Figure.ATTEMPTS))
                .containsExactlyInAnyOrder("1", "a1", "b1");
    }

    @Test
    void shouldHaveOneLineForNamesThatTheTableTakesForOne() {
        String cut = "x".repeat(200);
        moved.add(KEY, List.of("a", "a\0", "\0", cut + "1", cut + "2", "\ud83d", "?"), ACTUAL);
        moved.addRequest(KEY, List.of("a\0", "a"));

        assertThat(moved.lines())
                .extracting(line -> line.key.tag() + line.of(Figure.ATTEMPTS) + line.of(Figure.REQUESTS))
                .containsExactlyInAnyOrder("11", "a11", cut + "10", "?10");
    }

    @Test
    void shouldCutNamesBetweenCharacters() {
        String name = "😀".repeat(201);

        assertThat(CostKey.name(name)).isEqualTo("😀".repeat(200));
    }

    @Test
    void shouldHoldMoreThanAWholeNumberCan() {
        Counted huge = new Counted(false, TokenUsage.NONE, Long.MAX_VALUE, false);
        moved.add(KEY, List.of(), huge);
        moved.add(KEY, List.of(), huge);

        assertThat(moved.lines().iterator().next().costPicos.toString()).isEqualTo("18446744073709551614");
    }
}
