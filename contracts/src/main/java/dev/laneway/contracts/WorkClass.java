package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether someone waits for the answer; each class has topics of its own, so that one never queues behind the other. */
public enum WorkClass {
    INTERACTIVE("interactive"),
    DEFERRED("deferred");

    private final String id;

    WorkClass(String id) {
        this.id = id;
    }

    /** The word used in topics and JSON. */
    @JsonValue
    public String id() {
        return id;
    }
}
