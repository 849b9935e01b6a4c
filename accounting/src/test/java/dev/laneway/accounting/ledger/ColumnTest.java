package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTest {
    @Test
    void shouldGiveArraysOfTheTypeThatTheClientMaps() {
        Column<Long> column = Column.big("n", row -> row);
        assertThat(column.values(List.of(1L, 2L))).isInstanceOf(Long[].class).containsExactly(1L, 2L);
    }

    @Test
    void shouldLeaveOutWhatTextCanNotHold() {
        Column<String> column = Column.text("t", row -> row);
        assertThat(column.values(Arrays.asList("a\0b", null, "c"))).containsExactly("ab", null, "c");
    }

    @Test
    void shouldKeepMilliseconds() {
        Column<Long> column = Column.time("t", row -> row);
        assertThat(column.values(List.of(1_760_000_000_123L)))
                .containsExactly(OffsetDateTime.of(2025, 10, 9, 8, 53, 20, 123_000_000, ZoneOffset.UTC));
    }

    @Test
    void shouldHoldTheTimesOfABrokenClock() {
        Column<Long> column = Column.time("t", row -> row);
        assertThat(column.values(List.of(Long.MAX_VALUE, -5L)))
                .extracting(value -> ((OffsetDateTime) value).getYear())
                .containsExactly(9999, 1970);
    }

    @Test
    void shouldTakeZeroForNoTime() {
        Column<Long> column = Column.timeOrNull("t", row -> row);
        assertThat(column.values(List.of(0L))).containsExactly((Object) null);
    }
}
