package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import org.junit.jupiter.api.Test;

class EntryKindTest {
    private static Fact.Attempted attempt(Outcome outcome, boolean called, TokenUsage usage) {
        Fact.Subject request =
                new Fact.Subject("req_1", "master", "smart", "routine", Zone.CLOUD, WorkClass.INTERACTIVE, 1);
        return new Fact.Attempted(
                request,
                "req_1:0:0",
                "d_1",
                "g",
                "p",
                "a",
                "m",
                Zone.CLOUD,
                "eu",
                outcome,
                null,
                0,
                called,
                usage,
                2,
                3,
                4,
                null,
                false);
    }

    @Test
    void shouldBeActualWhereTheVendorReported() {
        assertThat(EntryKind.of(attempt(Outcome.SUCCEEDED, true, TokenUsage.of(1, 1))))
                .isEqualTo(EntryKind.ACTUAL);
        assertThat(EntryKind.of(attempt(Outcome.FAILED, true, TokenUsage.NONE))).isEqualTo(EntryKind.ACTUAL);
    }

    @Test
    void shouldBeAnEstimateWhereItMayBill() {
        assertThat(EntryKind.of(attempt(Outcome.UNKNOWN, true, null))).isEqualTo(EntryKind.ESTIMATE);
        assertThat(EntryKind.of(attempt(Outcome.FAILED, true, null))).isEqualTo(EntryKind.ESTIMATE);
    }

    @Test
    void shouldBillNothingThatWasNotSent() {
        assertThat(EntryKind.of(attempt(Outcome.FAILED, false, null))).isEqualTo(EntryKind.UNCALLED);
    }
}
