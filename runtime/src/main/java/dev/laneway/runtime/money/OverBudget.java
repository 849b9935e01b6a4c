package dev.laneway.runtime.money;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Shortage;
import java.time.Instant;
import java.util.List;

/** How a client is told that a budget has no room, whoever found that out. Pure. */
public final class OverBudget {
    /** Where a budget does not begin anew by itself: to come again before is no use, and after it as little. */
    public static final long NEVER_MILLIS = 86_400_000;

    private static final long SOONEST_MILLIS = 1_000;

    private OverBudget() {}

    /**
     * The failure, with when the budget begins anew.
     *
     * @param left of the window, billionths of a dollar; negative counts as nothing
     * @param cost with less than which the attempt is not made, billionths of a dollar
     * @param now epoch milliseconds
     */
    public static Failure failure(Window window, long left, long cost, long now, List<Shortage> shortages) {
        boolean ends = window.end() != Long.MAX_VALUE;
        long until = ends ? Math.max(SOONEST_MILLIS, window.end() - now) : NEVER_MILLIS;
        String reset = ends
                ? "It begins anew at " + Instant.ofEpochMilli(window.end()) + "."
                : "It does not begin anew by itself.";
        return new Failure(
                FailureKind.BUDGET_EXCEEDED,
                whose(window) + " has " + Money.ofNanos(Math.max(0, left)) + " left of " + Money.ofNanos(window.limit())
                        + ", and this request may cost up to " + Money.ofNanos(cost) + ". " + reset,
                0,
                until,
                shortages);
    }

    /** A part of {@code TEAM/USER}; all of it where it has none. */
    private static String member(Window window, int part) {
        String[] parts = window.holder().split(String.valueOf(Scope.IN_TEAM), 2);
        return parts.length == 2 ? parts[part] : window.holder();
    }

    private static String whose(Window window) {
        return switch (window.scope()) {
            case GLOBAL -> "The budget of this gateway";
            case KEY -> "The budget '" + window.budget() + "' of this API key";
            case MEMBER ->
                "The budget '" + window.budget() + "' of user '" + member(window, 1) + "' in team '" + member(window, 0)
                        + "'";
            case TEAM, USER, TAG, MODEL, PROVIDER, DEPLOYMENT ->
                "The budget '" + window.budget() + "' of " + window.scope().id() + " '" + window.holder() + "'";
        };
    }
}
