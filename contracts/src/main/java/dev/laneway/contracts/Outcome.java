package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** How an attempt ended. */
public enum Outcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    /** Sent, and nobody saw the answer. */
    UNKNOWN("unknown");

    private final String id;

    Outcome(String id) {
        this.id = id;
    }

    /** The word used in JSON and in the ledger. */
    @JsonValue
    public String id() {
        return id;
    }
}
