package dev.laneway.runtime.money;

import io.vertx.core.Future;
import java.util.List;

/**
 * What accounting tells the memory of budgets, and asks of it. The router's part is {@link Reserver}; the worker's is in the script that
 * grants a call, see {@link HoldScript}. Each method fails where the memory is away. One context.
 */
public interface BudgetStore {
    /**
     * Books what the ledger has: counts it as spent, and ends the attempts' reservations with their first rows. What
     * makes less of it is not taken off: the window is wanted, and summed up anew.
     */
    Future<Void> book(List<Booking> bookings);

    /** Ends reservations without counting anything: what they were for is counted already. */
    Future<Void> release(List<String> attempts);

    /** Windows whose spending somebody wanted to know since this was asked last, at most so many. */
    Future<List<String>> wanted(int most);

    /** The epoch, whether it is restored, and how often something was booked in a window: to be given to {@link #load} as it is. */
    Future<String> bookings(Window window);

    /**
     * Says what was spent in a window, unless something was booked there since, or the epoch is another one, or was not restored then.
     *
     * @param spent billionths of a dollar
     * @return whether it was taken
     */
    Future<Boolean> load(Window window, long spent, String bookings);

    /** A budget was made, or was without force for a while: what was spent in its windows is not known any more. */
    Future<Void> forget(Window window);

    /** Says that an epoch's budgets are restored. @return whether that is the epoch in force */
    Future<Boolean> ready(String epoch);

    /** Whether the budgets of the epoch in force are restored. */
    Future<Boolean> isReady();

    /** Reservations that were sent or settled before a moment, and not booked, oldest first, at most so many of each. */
    Future<List<Unbooked>> unbooked(long sentBefore, long settledBefore, int most);

    /** A reservation that waits for the ledger. */
    record Unbooked(String attempt, List<Window> windows) {
        public Unbooked {
            windows = List.copyOf(windows);
        }
    }

    /** Ends reservations that were not sent before their deadline. @return how many are left, of every kind */
    Future<Long> sweep();

    /** Removes what is left of other epochs. */
    Future<Void> tidy();
}
