package dev.laneway.runtime.money;

import java.util.List;
import java.util.Objects;

/**
 * What a row of the ledger means for budgets.
 *
 * @param attempt whose it is
 * @param nanos billionths of a dollar that are spent; less than zero where an estimate was too high
 * @param windows in which it counts
 * @param corrects whether another row of the attempt was there before: that one's booking ends its reservation, and not this one's, since
 *     it may have been lost
 */
public record Booking(String attempt, long nanos, List<Window> windows, boolean corrects) {
    /** Of the first row of an attempt. */
    public Booking(String attempt, long nanos, List<Window> windows) {
        this(attempt, nanos, windows, false);
    }

    public Booking {
        Objects.requireNonNull(attempt, "attempt");
        windows = List.copyOf(windows);
    }
}
