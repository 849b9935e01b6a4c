package dev.laneway.runtime.money;

import java.util.List;
import java.util.Objects;

/**
 * What a row of the ledger means for budgets.
 *
 * @param attempt whose reservation it ends
 * @param nanos billionths of a dollar that are spent; less than zero where an estimate was too high
 * @param windows in which it counts
 */
public record Booking(String attempt, long nanos, List<Window> windows) {
    public Booking {
        Objects.requireNonNull(attempt, "attempt");
        windows = List.copyOf(windows);
    }
}
