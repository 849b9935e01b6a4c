package dev.laneway.testkit.limits;

/** Whether a call may go on. */
public sealed interface Admission {
    Standing standing();

    /** It may; {@link #release} when it is over. */
    record Admitted(Standing standing, Runnable release) implements Admission {}

    /**
     * It may not.
     *
     * @param over which limit it would break
     * @param limit that limit's value
     * @param used how much of it is in use
     * @param requested how much more the call would have needed
     * @param retryAfterMillis when it could be let in, at the earliest
     */
    record Denied(Standing standing, Over over, long limit, long used, long requested, long retryAfterMillis)
            implements Admission {}

    /** Which limit. */
    enum Over {
        REQUESTS,
        TOKENS,
        PARALLEL
    }
}
