package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a request ended. */
public enum Status {
    COMPLETED("completed"),
    FAILED("failed"),
    CANCELLED("cancelled"),
    EXPIRED("expired"),
    UNKNOWN("unknown");

    private final String id;

    Status(String id) {
        this.id = id;
    }

    /** The word used in JSON and in the ledger. */
    @JsonValue
    public String id() {
        return id;
    }

    /** The status of a request that ended with a failure of a kind. */
    public static Status of(FailureKind kind) {
        return switch (kind) {
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case UNKNOWN -> UNKNOWN;
            default -> FAILED;
        };
    }
}
