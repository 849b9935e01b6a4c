package dev.laneway.services;

/** The servers cannot start. The message is one line for the user: what is wrong, and how to put it right. */
public final class ServicesException extends Exception {
    private static final long serialVersionUID = 1L;

    ServicesException(String message) {
        super(message);
    }

    ServicesException(String message, Throwable cause) {
        super(message, cause);
    }
}
