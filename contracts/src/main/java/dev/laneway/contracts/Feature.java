package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** Something that a request needs and not every deployment can do; the router matches them. */
public enum Feature {
    TOOLS("tools"),
    VISION("vision"),
    AUDIO("audio"),
    DOCUMENTS("documents"),
    JSON_OBJECT("json_object"),
    JSON_SCHEMA("json_schema"),
    REASONING("reasoning"),
    LOGPROBS("logprobs"),
    MULTIPLE_CHOICES("multiple_choices");

    private final String id;

    Feature(String id) {
        this.id = id;
    }

    /** The word used in JSON. */
    @JsonValue
    public String id() {
        return id;
    }
}
