package dev.laneway.accounting.ledger;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.TokenUsage;

/**
 * What one attempt adds to the roll-up.
 *
 * @param failed it brought no answer
 * @param costPicos trillionths of a dollar
 * @param estimated the cost was reckoned, and an actual may yet come
 */
record Counted(boolean failed, TokenUsage tokens, long costPicos, boolean estimated) {
    static Counted of(Fact.Attempted made) {
        Charge charge = made.charge() == null ? Charge.UNPRICED : made.charge();
        return new Counted(
                made.outcome() != Outcome.SUCCEEDED,
                made.usage() == null ? TokenUsage.NONE : made.usage(),
                charge.cost().picos(),
                isEstimated(made));
    }

    /** Whether an actual may yet come: of a call that is known to have brought nothing nobody reckons a cost. */
    static boolean isEstimated(Fact.Attempted made) {
        Charge charge = made.charge();
        return EntryKind.of(made) == EntryKind.ESTIMATE && charge != null && charge.estimate();
    }
}
