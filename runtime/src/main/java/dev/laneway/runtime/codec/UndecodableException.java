package dev.laneway.runtime.codec;

/** Bytes that are not the envelope they should be; the message says why without quoting any of them. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }
}
