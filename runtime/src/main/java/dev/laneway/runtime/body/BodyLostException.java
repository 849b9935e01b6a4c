package dev.laneway.runtime.body;

/** A large body can't be put together again; the attempt fails with {@code body_lost}. */
public final class BodyLostException extends Exception {
    private static final long serialVersionUID = 1L;

    public BodyLostException(String message) {
        super(message);
    }
}
