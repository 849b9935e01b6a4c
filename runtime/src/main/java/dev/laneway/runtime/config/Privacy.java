package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** How far work of a lane or route may go. In order: each admits what the ones before it admit. */
public enum Privacy {
    /** Never leaves the network. What a lane without a rule is. */
    LOCAL_ONLY("local_only"),
    /** Leaves the network only for the deployments that were approved by name. */
    LOCAL_FIRST("local_first"),
    /** May go anywhere. */
    CLOUD_ALLOWED("cloud_allowed");

    private final String id;

    Privacy(String id) {
        this.id = id;
    }

    /** The word used in config, JSON and the console. */
    @JsonValue
    public String id() {
        return id;
    }

    /** True when this admits no more than the other: a route may narrow its lane, never widen it. */
    public boolean narrowsOrEquals(Privacy other) {
        return compareTo(other) <= 0;
    }
}
