package dev.laneway.accounting.ledger;

import dev.laneway.contracts.Fact;

/** What a ledger entry's tokens rest on; a part of its key. */
enum EntryKind {
    /** The vendor's own report. */
    ACTUAL("actual"),
    /** The vendor was called, and may bill, but its usage is not known, or reckoned. */
    ESTIMATE("estimate"),
    /** Nothing was sent, so nothing is billed. */
    UNCALLED("uncalled");

    private final String id;

    EntryKind(String id) {
        this.id = id;
    }

    /** The word in the table. */
    String id() {
        return id;
    }

    static EntryKind of(Fact.Attempted made) {
        if (!made.called()) {
            return UNCALLED;
        }
        boolean reckoned = made.charge() != null && made.charge().estimate();
        return made.usage() == null || reckoned ? ESTIMATE : ACTUAL;
    }
}
