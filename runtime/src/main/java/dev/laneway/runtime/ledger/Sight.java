package dev.laneway.runtime.ledger;

import java.util.Objects;

/** What of the ledger one may see. */
public sealed interface Sight {
    /** Whether vendors, their accounts and their names of models are seen: else nothing may be looked for by them either. */
    default boolean ofVendors() {
        return switch (this) {
            case All all -> true;
            case OfTeam team -> false;
            case Own own -> false;
        };
    }

    /** Everything. */
    record All() implements Sight {}

    /** What a team paid for, and what the key itself did. */
    record OfTeam(String team, String owner) implements Sight {
        public OfTeam {
            Objects.requireNonNull(team, "team");
            Objects.requireNonNull(owner, "owner");
        }
    }

    /** What one key did. */
    record Own(String owner) implements Sight {
        public Own {
            Objects.requireNonNull(owner, "owner");
        }
    }
}
