package dev.laneway.runtime.config;

import java.util.Optional;
import java.util.stream.Stream;

/** By what one of several deployments of a group is chosen; where several are equal in that, by weight among these. */
public enum RoutingStrategy {
    WEIGHT("simple-shuffle"),
    LEAST_BUSY("least-busy"),
    LATENCY("latency-based-routing"),
    COST("cost-based-routing"),
    USAGE("usage-based-routing-v2");

    private static final String USAGE_BEFORE = "usage-based-routing";

    private final String id;

    RoutingStrategy(String id) {
        this.id = id;
    }

    /** LiteLLM's word. */
    public String id() {
        return id;
    }

    /** Whether workers must tell how deployments fare. */
    public boolean needsMeasures() {
        return this == LEAST_BUSY || this == LATENCY || this == USAGE;
    }

    public static Optional<RoutingStrategy> of(String id) {
        if (id.equals(USAGE_BEFORE)) {
            return Optional.of(USAGE);
        }
        return Stream.of(values()).filter(strategy -> strategy.id.equals(id)).findFirst();
    }
}
