package dev.laneway.runtime.health;

/** What is known of a server. */
public enum ServiceState {
    HEALTHY("healthy"),
    UNHEALTHY("unhealthy"),
    /** Not asked: this process was not told where it is. */
    NOT_CONFIGURED("not_configured");

    private final String id;

    ServiceState(String id) {
        this.id = id;
    }

    /** The word used in JSON. */
    public String id() {
        return id;
    }
}
