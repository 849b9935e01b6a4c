package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostKeyTest {
    private static final long HOUR = Instant.parse("2026-11-30T10:00:00Z").toEpochMilli();

    private static Fact.Subject request(@Nullable Payer payer) {
        return new Fact.Subject(
                "req_1", "ada", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, HOUR + 1, null, payer);
    }

    private static Fact.Attempted by(Fact.Subject request) {
        return new Fact.Attempted(
                request,
                "req_1:0:0",
                "d_1",
                "group",
                "provider",
                "account",
                "model",
                Zone.CLOUD,
                "eu",
                Outcome.SUCCEEDED,
                null,
                200,
                true,
                null,
                2,
                3,
                HOUR + 7_200_000,
                null,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T10:00:00Z, 2026-11-30T10:00:00Z",
        "2026-11-30T10:59:59.999Z, 2026-11-30T10:00:00Z",
        "2026-11-30T11:00:00Z, 2026-11-30T11:00:00Z",
        "1969-12-31T23:59:59Z, 1970-01-01T00:00:00Z"
    })
    void shouldCountByTheHourOfUtc(Instant at, Instant hour) {
        assertThat(CostKey.hour(at.toEpochMilli())).isEqualTo(hour.toEpochMilli());
    }

    /** However late its attempt ends. */
    @Test
    void shouldBeOfTheHourInWhichTheRequestWasAccepted() {
        Fact.Subject request = request(new Payer("red", "ann", List.of("nightly")));

        assertThat(CostKey.of(request, by(request)))
                .isEqualTo(
                        new CostKey("", "ada", HOUR, "red", "ann", "smart", "premium", "group", "model", "provider"));
    }

    @Test
    void shouldNameNothingThatIsNotThere() {
        assertThat(CostKey.of(request(null), null))
                .isEqualTo(new CostKey("", "ada", HOUR, "", "", "smart", "premium", "", "", ""));
    }

    @Test
    void shouldBeTheSameButForItsTag() {
        CostKey key = CostKey.of(request(null), null);

        assertThat(key.tagged("nightly"))
                .isEqualTo(new CostKey("nightly", "ada", HOUR, "", "", "smart", "premium", "", "", ""));
    }
}
