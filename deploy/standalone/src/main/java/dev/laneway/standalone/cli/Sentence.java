package dev.laneway.standalone.cli;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A failure in one line, for a person. */
public final class Sentence {
    private Sentence() {}

    /** The first line of what it says, or the name of its class; of what other threads threw, that which they threw. */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse(text);
    }
}
