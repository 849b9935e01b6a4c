package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.fixtures.FactFixture;
import org.junit.jupiter.api.Test;

class EntryKindTest {
    private static final Charge RECKONED = new Charge(new Money(9), "p@1", true);
    private static final Charge BILLED = new Charge(new Money(7), "p@1", false);

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

    /** Of an answer that broke off the usage may be seen, and the charge be a guess. */
    @Test
    void shouldBeAnEstimateWhereTheCostWasReckonedThoughThereIsAUsage() {
        Fact.Attempted made = attempt(Outcome.FAILED, true, TokenUsage.of(1, 1));

        assertThat(EntryKind.of(FactFixture.charged(made, RECKONED))).isEqualTo(EntryKind.ESTIMATE);
        assertThat(EntryKind.of(FactFixture.charged(made, BILLED))).isEqualTo(EntryKind.ACTUAL);
        assertThat(EntryKind.of(FactFixture.charged(attempt(Outcome.FAILED, false, null), RECKONED)))
                .isEqualTo(EntryKind.UNCALLED);
    }

    /** Only of what was reckoned: a call that is known to have brought nothing costs nothing for good. */
    @Test
    void shouldWaitForAnActualOfWhatWasReckonedAlone() {
        Fact.Attempted unknown = attempt(Outcome.UNKNOWN, true, null);

        assertThat(Counted.of(FactFixture.charged(unknown, RECKONED)))
                .isEqualTo(new Counted(true, TokenUsage.NONE, 9, true));
        assertThat(Counted.of(FactFixture.charged(unknown, BILLED)))
                .isEqualTo(new Counted(true, TokenUsage.NONE, 7, false));
        assertThat(Counted.of(unknown)).isEqualTo(new Counted(true, TokenUsage.NONE, 0, false));
        assertThat(Counted.of(FactFixture.charged(attempt(Outcome.FAILED, false, null), RECKONED))
                        .estimated())
                .isFalse();
        assertThat(Counted.of(FactFixture.charged(attempt(Outcome.SUCCEEDED, true, TokenUsage.of(1, 2)), BILLED)))
                .isEqualTo(new Counted(false, TokenUsage.of(1, 2), 7, false));
    }
}
