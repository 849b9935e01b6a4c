package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a lane does with an attempt that was sent and whose answer nobody saw. */
public enum OnUnknown {
    /** The request fails: nothing is ever done twice. What a lane without a rule does. */
    FAIL("fail"),
    /** A new attempt, counted: the vendor may be paid twice. */
    RETRY("retry");

    private final String id;

    OnUnknown(String id) {
        this.id = id;
    }

    /** The word used in config and JSON. */
    @JsonValue
    public String id() {
        return id;
    }
}
