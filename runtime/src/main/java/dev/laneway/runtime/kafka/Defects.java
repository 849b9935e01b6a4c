package dev.laneway.runtime.kafka;

import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Tells a defect of ours, which the same event will meet again, from trouble with a server, which passes. What Java itself throws at
 * wrong code is a defect; what Kafka, Redis, Vert.x or the network say is trouble, unless it is about the record's size.
 */
final class Defects {
    /** How often in a row an event may meet a defect before it counts as poison: not every defect is the event's fault. */
    static final int PATIENCE = 5;

    private static final String NOT_OURS = "java.util.concurrent.";

    private Defects() {}

    /** Whether a handler that failed so would fail so again. */
    static boolean is(Throwable cause) {
        if (cause instanceof SinkException refused) {
            return refused.getCause() instanceof RecordTooLargeException;
        }
        String name = cause.getClass().getName();
        boolean ofTheLanguage = name.startsWith("java.lang.")
                || name.startsWith("java.time.")
                || (name.startsWith("java.util.") && !name.startsWith(NOT_OURS));
        return ofTheLanguage && (cause instanceof RuntimeException || cause instanceof StackOverflowError);
    }

    /** For the letter; without the message, which may hold content. */
    static String reason(Throwable cause) {
        if (cause instanceof SinkException) {
            return "handler failed: what follows from it is too large to be published";
        }
        StackTraceElement[] at = cause.getStackTrace();
        return "handler failed: " + cause.getClass().getName() + (at.length == 0 ? "" : " at " + at[0]);
    }
}
