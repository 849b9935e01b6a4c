package dev.laneway.standalone;

/** A process could not start; the message is one line that says why, and what to do. */
final class StartFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailed(String message) {
        super(message);
    }

    StartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
