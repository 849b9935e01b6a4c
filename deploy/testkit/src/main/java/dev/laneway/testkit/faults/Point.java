package dev.laneway.testkit.faults;

/** How far an answer gets before it breaks. */
public enum Point {
    /** Nothing is sent, not even a status line. */
    BEFORE_HEADERS("-before-headers"),
    /** Status and headers; of a stream also what comes before the first token. */
    AFTER_HEADERS("-after-headers"),
    /** Some chunks of a stream, half of the body of an answer that isn't streamed. */
    MID_STREAM("");

    private final String suffix;

    Point(String suffix) {
        this.suffix = suffix;
    }

    /** What a fault's name ends with when it strikes here. */
    public String suffix() {
        return suffix;
    }
}
