package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a problem means for the file. */
public enum Severity {
    /** The file is refused whole. */
    ERROR("error"),
    /** The file is taken; someone should look. */
    WARNING("warning");

    private final String id;

    Severity(String id) {
        this.id = id;
    }

    /** The word used in JSON. */
    @JsonValue
    public String id() {
        return id;
    }
}
