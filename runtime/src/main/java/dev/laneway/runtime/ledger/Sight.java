package dev.laneway.runtime.ledger;

import java.util.Objects;

/** What of the ledger one may see. */
public sealed interface Sight {
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
