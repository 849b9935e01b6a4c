package dev.laneway.chaos.cluster;

/** The roles, by their names on the command line, in the order in which they are started. */
public enum Role {
    ACCOUNTING("accounting"),
    ROUTER("router-worker"),
    WORKERS("provider-workers"),
    INGRESS("ingress");

    private final String id;

    Role(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
