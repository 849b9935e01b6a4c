package dev.laneway.runtime.money;

import java.util.List;

/** What became of an {@link Ask}. Amounts are billionths of a dollar. */
public sealed interface Reserved {
    /**
     * It is held.
     *
     * @param plan of the question that was asked first for the attempt
     * @param amount that is held
     * @param tokens of the answer for which that is enough; as the attempt said it, where its worker had to reserve it again
     * @param windows in which it is held, each as {@link Window#text}
     */
    record Held(String plan, long amount, long tokens, List<String> windows) implements Reserved {
        public Held {
            windows = List.copyOf(windows);
        }
    }

    /**
     * It does not fit.
     *
     * @param window that has the least room
     * @param room how much that is; negative where more was spent than the limit that is in force by now
     * @param spent what is booked in each of the windows that were asked for, in that order
     */
    record Over(Window window, long room, List<Long> spent) implements Reserved {
        public Over {
            spent = List.copyOf(spent);
        }
    }

    /** What was spent in a window is not known yet; accounting sees to it. */
    record Loading() implements Reserved {}

    /** The memory is another one than before, and accounting has not restored it yet. */
    record NotReady() implements Reserved {}
}
