package dev.laneway.accounting.budgets;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row that is new in the ledger.
 *
 * @param cost what it adds to what was known of the attempt; less than zero where an estimate was too high
 * @param group the deployment's {@code model_name}
 * @param acceptedAt of the request, epoch milliseconds: decides in which windows it counts
 * @param windows in which its router held money for it, each as {@link dev.laneway.runtime.money.Window#text}
 * @param corrects whether an estimate of the attempt was there before
 */
public record Spent(
        String attempt,
        Money cost,
        String owner,
        @Nullable Payer payer,
        String group,
        String provider,
        String deployment,
        long acceptedAt,
        List<String> windows,
        boolean corrects) {
    public Spent {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(owner, "owner");
        windows = List.copyOf(windows);
    }
}
