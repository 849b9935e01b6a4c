package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a deployment runs, and the furthest a request may go. Set once, at the ingress; a request of zone {@link #LOCAL} never
 * reaches a deployment of zone {@link #CLOUD}.
 */
public enum Zone {
    LOCAL("local"),
    CLOUD("cloud");

    private final String id;

    Zone(String id) {
        this.id = id;
    }

    /** The word used in topics, config, headers and JSON. */
    @JsonValue
    public String id() {
        return id;
    }

    /** True when work of this zone may be done by a deployment of that zone. */
    public boolean allows(Zone deployment) {
        return this == CLOUD || deployment == LOCAL;
    }
}
