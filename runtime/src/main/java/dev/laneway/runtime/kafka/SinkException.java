package dev.laneway.runtime.kafka;

/** A record was not acknowledged; it may still arrive, unless the reason is {@link Reason#FULL} or {@link Reason#AWAY}. */
public final class SinkException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** More bytes wait for the broker than the sink holds; nothing was sent. */
        FULL,
        /** The broker has not answered lately; nothing was sent. */
        AWAY,
        /** The broker did not acknowledge within the sink's time. */
        TIMEOUT,
        /** The client or the broker refused the record. */
        REFUSED
    }

    private final Reason reason;

    SinkException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    SinkException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
