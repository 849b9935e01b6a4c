package dev.laneway.runtime.kafka;

/** The partition of a record has moved to another member, who goes on with it. */
public final class NotOursException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a trace: it is no defect. */
    public NotOursException() {
        super("the partition has moved to another member", null, false, false);
    }
}
