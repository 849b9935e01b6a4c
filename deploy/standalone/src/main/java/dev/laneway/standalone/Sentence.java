package dev.laneway.standalone;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A failure in one line, for a person. */
final class Sentence {
    private Sentence() {}

    static String of(Throwable failure) {
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
