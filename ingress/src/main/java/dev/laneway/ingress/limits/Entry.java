package dev.laneway.ingress.limits;

/** What became of a request that asked for a place in its lane. */
public sealed interface Entry {
    /** It has one, and gives it back. */
    record Admitted(Place place) implements Entry {}

    /** As many wait as may. */
    record Full(long retryAfterMillis) implements Entry {}

    /** Too many wait for it to be answered in its time. */
    record TooLate(long retryAfterMillis) implements Entry {}
}
