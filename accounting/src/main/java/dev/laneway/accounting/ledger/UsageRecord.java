package dev.laneway.accounting.ledger;

import dev.laneway.contracts.Fact;
import dev.laneway.runtime.kafka.Taken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fact and its place in {@code lw.usage}.
 *
 * @param timestamp when it was published, epoch milliseconds
 */
record UsageRecord(Fact.OfRequest fact, int partition, long offset, long timestamp) {
    UsageRecord {
        Objects.requireNonNull(fact, "fact");
    }

    static UsageRecord of(Fact.OfRequest fact, Taken<Fact> taken) {
        return new UsageRecord(fact, taken.partition(), taken.offset(), taken.timestamp());
    }

    Fact.Subject request() {
        return fact.request();
    }

    /** How the request ended, where this fact ends it. */
    Fact.@Nullable Terminal terminal() {
        return fact.terminal();
    }

    /** The attempt that it is about. */
    Fact.@Nullable Attempted attempted() {
        return switch (fact) {
            case Fact.Attempted made -> made;
            case Fact.Accepted accepted -> null;
            case Fact.Ended ended -> null;
        };
    }

    long endedAt() {
        return fact.endedAt();
    }
}
