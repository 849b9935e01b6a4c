package dev.laneway.chaos.load;

/** What a client was left with. */
public enum Ending {
    /** An answer that ended as its format has it. */
    WHOLE,
    /** A stream that said itself that it failed. */
    ERROR_IN_BAND,
    /** Another status than 200. */
    STATUS,
    /** The connection broke, or none could be made: its ingress was attacked. */
    CONNECTION_LOST,
    /** HTTP ended in good order, the answer did not. */
    BROKEN_OFF,
    /** Nothing by the deadline and its margin. */
    HUNG
}
