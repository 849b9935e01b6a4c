package dev.laneway.ingress.call;

import org.jspecify.annotations.Nullable;

/**
 * How long a client says that it will wait: the header {@code x-laneway-timeout}, in seconds, with a fraction if need be. It can only
 * shorten the gateway's own limit. The SDKs' {@code x-stainless-timeout} is not read: theirs restarts with each byte of a stream, and
 * a client that gives up closes its connection, which ends the request anyway.
 */
final class ClientDeadline {
    static final String HEADER = "x-laneway-timeout";
    /** What {@link #millis} says to a value that is none. */
    static final long MALFORMED = -1;

    private ClientDeadline() {}

    /** Milliseconds from the call's start, at most {@code limit}; {@link #MALFORMED} where the value is not a positive number. */
    static long millis(@Nullable String seconds, long limit) {
        if (seconds == null) {
            return limit;
        }
        try {
            double value = Double.parseDouble(seconds.strip());
            return value > 0 ? Math.min(limit, (long) Math.ceil(value * 1_000)) : MALFORMED;
        } catch (NumberFormatException e) {
            return MALFORMED;
        }
    }
}
