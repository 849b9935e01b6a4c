package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPeriodTest {
    @ParameterizedTest
    @CsvSource({
        "1h,  UTC,              2026-11-30T10:20:30Z, 2026-11-30T10:00:00Z, 2026-11-30T11:00:00Z",
        "1d,  UTC,              2026-11-30T10:20:30Z, 2026-11-30T00:00:00Z, 2026-12-01T00:00:00Z",
        "1d,  America/New_York, 2026-11-30T03:00:00Z, 2026-11-29T05:00:00Z, 2026-11-30T05:00:00Z",
        "7d,  UTC,              2026-12-03T10:00:00Z, 2026-11-30T00:00:00Z, 2026-12-07T00:00:00Z",
        "30d, UTC,              2026-02-14T10:00:00Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "1mo, Europe/Berlin,    2026-10-25T10:00:00Z, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z",
        "1y,  UTC,              2026-10-25T10:00:00Z, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "3mo, UTC,              2026-11-30T10:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "24h, UTC,              2026-11-30T10:20:30Z, 2026-11-30T00:00:00Z, 2026-12-01T00:00:00Z",
        "24h, Europe/Berlin,    2026-11-30T23:30:00Z, 2026-11-30T23:00:00Z, 2026-12-01T23:00:00Z",
        "6h,  Europe/Berlin,    2026-11-30T10:20:30Z, 2026-11-30T05:00:00Z, 2026-11-30T11:00:00Z",
        "6h,  Europe/Berlin,    2026-03-29T01:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T04:00:00Z",
        "6h,  Europe/Berlin,    2026-10-25T01:30:00Z, 2026-10-24T22:00:00Z, 2026-10-25T05:00:00Z",
        "1d,  America/Havana,   2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "1mo, America/Havana,   2026-11-01T05:30:00Z, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
        "1h,  Asia/Kolkata,     2026-11-30T10:20:30Z, 2026-11-30T09:30:00Z, 2026-11-30T10:30:00Z",
        "2d,  UTC,              2026-11-30T10:20:30Z, 2026-11-29T00:00:00Z, 2026-12-01T00:00:00Z",
        "2w,  UTC,              2026-11-30T10:20:30Z, 2026-11-23T00:00:00Z, 2026-12-07T00:00:00Z",
        "5mo, UTC,              2026-11-30T10:20:30Z, 2026-09-01T00:00:00Z, 2027-02-01T00:00:00Z",
        "3y,  UTC,              2026-11-30T10:20:30Z, 2024-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "1hr, UTC,              2026-11-30T10:20:30Z, 2026-11-30T10:00:00Z, 2026-11-30T11:00:00Z",
        "30s, UTC,              2026-11-30T10:00:41Z, 2026-11-30T10:00:30Z, 2026-11-30T10:01:00Z",
        "1d,  Europe/Berlin,    2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z"
    })
    void shouldBeginByTheCalendarOfItsZone(String period, String zone, Instant at, Instant start, Instant end) {
        BudgetPeriod.Window window = BudgetPeriod.of(period).at(at.toEpochMilli(), ZoneId.of(zone));

        assertThat(window).isEqualTo(new BudgetPeriod.Window(start.toEpochMilli(), end.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2d", "5h", "2h", "24h", "2w", "5mo", "2y", "45m", "90s", "1h", "1d", "1w", "1mo", "1y"})
    void shouldFollowEachOtherWithoutGap(String text) {
        BudgetPeriod period = BudgetPeriod.of(text);
        for (String zone : List.of("Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia")) {
            followEachOther(period, ZoneId.of(zone), Instant.parse("2026-03-27T12:00:00Z"));
            followEachOther(period, ZoneId.of(zone), Instant.parse("2026-10-24T12:00:00Z"));
            followEachOther(period, ZoneId.of(zone), Instant.parse("2011-12-29T12:00:00Z"));
        }
    }

    private static void followEachOther(BudgetPeriod period, ZoneId zone, Instant from) {
        long at = from.toEpochMilli();
        for (int i = 0; i < 50; i++) {
            BudgetPeriod.Window window = period.at(at, zone);
            assertThat(window.start()).isLessThanOrEqualTo(at);
            assertThat(window.end()).isGreaterThan(at);
            assertThat(period.at(window.end() - 1, zone)).isEqualTo(window);
            assertThat(period.at(window.end(), zone).start()).isEqualTo(window.end());
            at = window.end();
        }
    }

    @Test
    void shouldNeverEndWhereItIsTotal() {
        BudgetPeriod.Window window = BudgetPeriod.of("total").at(5, ZoneId.of("UTC"));

        assertThat(window).isEqualTo(new BudgetPeriod.Window(0, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "0d", "-1d", "1.5h", "1x", "forever", "9999999d"})
    void shouldRefuseWhatIsNoPeriod(String text) {
        assertThatThrownBy(() -> BudgetPeriod.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
