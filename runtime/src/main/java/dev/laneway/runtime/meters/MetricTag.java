package dev.laneway.runtime.meters;

import java.util.Locale;

/** Every tag that a metric may have; each has a bounded set of values. */
public enum MetricTag {
    ROLE,
    ZONE,
    LANE,
    CLASS,
    ROUTE,
    DEPLOYMENT,
    /** A deployment or hop that was left. */
    FROM,
    /** A deployment that was taken instead. */
    TO,
    ACCOUNT,
    PROVIDER,
    DIALECT,
    KIND,
    REASON,
    /** Of a holder of limits or budgets. */
    SCOPE,
    OUTCOME,
    STATUS,
    TOPIC,
    SERVICE;

    /** As Prometheus shows it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
