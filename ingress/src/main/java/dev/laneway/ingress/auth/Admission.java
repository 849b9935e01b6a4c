package dev.laneway.ingress.auth;

/** What became of a key. */
public sealed interface Admission {
    record Admitted(Caller caller) implements Admission {}

    /** No key was presented. */
    record Missing() implements Admission {}

    /** A key was presented, and nobody knows it. */
    record Wrong() implements Admission {}

    /** A key was presented that is known, and opens nothing. */
    record Closed(Why why) implements Admission {}

    /** Why a key opens nothing. */
    enum Why {
        KEY_BLOCKED,
        KEY_EXPIRED,
        TEAM_BLOCKED,
        USER_BLOCKED
    }

    /** Nobody can tell yet: no key is known to this process so far. */
    record Undecided() implements Admission {}
}
