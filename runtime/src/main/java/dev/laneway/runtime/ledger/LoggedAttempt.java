package dev.laneway.runtime.ledger;

import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.TokenUsage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger. Times are epoch milliseconds, 0 where there is none.
 *
 * @param kind what its tokens rest on: an actual, an estimate, or nothing since it was uncalled
 * @param counts whether its cost counts: an estimate does not where there is an actual
 * @param failure why it failed
 * @param vendorStatus the vendor's HTTP status, 0 where there was none
 * @param usage tokens; absent where nobody knows them
 * @param parts what of the cost was asked for what; empty where nobody tells
 * @param price the price that it was reckoned with; absent where there was none
 * @param estimated whether an actual may yet come
 * @param late another worker had given it up: billed, never shown
 */
public record LoggedAttempt(
        String id,
        String kind,
        boolean counts,
        String deployment,
        @Nullable String group,
        @Nullable String provider,
        @Nullable String account,
        @Nullable String model,
        @Nullable String zone,
        @Nullable String region,
        String outcome,
        @Nullable String failure,
        int vendorStatus,
        @Nullable TokenUsage usage,
        Money cost,
        Map<ChargePart, Money> parts,
        @Nullable String price,
        boolean estimated,
        boolean late,
        long sentAt,
        long firstTokenAt,
        long endedAt) {
    public LoggedAttempt {
        parts = Map.copyOf(parts);
    }
}
