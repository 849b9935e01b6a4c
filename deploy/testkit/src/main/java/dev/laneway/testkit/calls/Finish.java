package dev.laneway.testkit.calls;

import java.util.Locale;

/** How a call ended. */
public enum Finish {
    /** It hasn't yet. */
    IN_PROGRESS,
    /** The whole answer was handed to the network, were it an error's. */
    COMPLETE,
    /** The simulator closed the connection before the end. */
    CUT,
    /** The simulator reset the connection. */
    RESET,
    /** The simulator sent nothing more, until the client left or the simulator was closed. */
    STALLED,
    /** The client left before the end. */
    CLIENT_CLOSED;

    /** The name in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
