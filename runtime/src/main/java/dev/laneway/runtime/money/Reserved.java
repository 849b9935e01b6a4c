package dev.laneway.runtime.money;

/** What became of an {@link Ask}. Amounts are billionths of a dollar. */
public sealed interface Reserved {
    /**
     * It is held.
     *
     * @param plan of the question that was asked first for the attempt
     * @param amount that is held
     * @param tokens of the answer for which that is enough
     */
    record Held(String plan, long amount, long tokens) implements Reserved {}

    /**
     * It does not fit.
     *
     * @param window that has the least room
     * @param room how much that is; negative where more was spent than the limit that is in force by now
     */
    record Over(Window window, long room) implements Reserved {}

    /** What was spent in a window is not known yet; accounting sees to it. */
    record Loading() implements Reserved {}

    /** The memory is another one than before, and accounting has not restored it yet. */
    record NotReady() implements Reserved {}
}
