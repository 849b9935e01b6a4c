package dev.laneway.testkit.faults;

/**
 * A fault and the calls it hits.
 *
 * @param match which calls it is about
 * @param when which of those it hits
 * @param fault what happens to them
 */
public record FaultRule(CallMatch match, Occurrence when, Fault fault) {
    /** Hits every call that fits. */
    public static FaultRule always(CallMatch match, Fault fault) {
        return new FaultRule(match, new Occurrence.Always(), fault);
    }

    /** Hits the first {@code count} calls that fit. */
    public static FaultRule first(long count, CallMatch match, Fault fault) {
        return new FaultRule(match, new Occurrence.First(count), fault);
    }
}
