package dev.laneway.contracts;

import java.util.Locale;

/**
 * Who logs in to the broker: one for each role, and one for each zone where the role works zone by zone, so that the broker itself
 * keeps the zones apart. What each may do there is {@link AccessPlan}.
 */
public enum Principal {
    /** Whoever operates the broker: may do everything, is needed by no role at work. */
    ADMIN,
    ACCOUNTING,
    /** Of both zones: it is the ingress that says which zone a request is of. */
    INGRESS,
    ROUTER_LOCAL,
    ROUTER_CLOUD,
    WORKER_LOCAL,
    WORKER_CLOUD;

    /** The router of a zone. */
    public static Principal router(Zone zone) {
        return switch (zone) {
            case LOCAL -> ROUTER_LOCAL;
            case CLOUD -> ROUTER_CLOUD;
        };
    }

    /** The provider-workers of a zone: of the requests' zone, as everywhere. */
    public static Principal worker(Zone zone) {
        return switch (zone) {
            case LOCAL -> WORKER_LOCAL;
            case CLOUD -> WORKER_CLOUD;
        };
    }

    /** Its name at the broker, where nobody chose another: {@code worker-cloud}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
