package dev.laneway.router;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;

/** What one zone's router counts of reservations. Not safe across threads. */
final class BudgetMeters {
    private final Counter reserved;
    private final Counter away;
    private final Counter open;
    private final Counter unpriced;
    private final Counter unbounded;
    private final Map<Scope, Counter> refused = new EnumMap<>(Scope.class);

    BudgetMeters(Meters meters, Zone zone) {
        reserved = meters.counter(RouterMetric.RESERVED, MetricTag.ZONE, zone.id());
        away = meters.counter(RouterMetric.RESERVATIONS_AWAY, MetricTag.ZONE, zone.id());
        open = meters.counter(RouterMetric.RESERVATIONS_OPEN, MetricTag.ZONE, zone.id());
        unpriced = meters.counter(RouterMetric.UNPRICED, MetricTag.ZONE, zone.id());
        unbounded = meters.counter(RouterMetric.UNBOUNDED, MetricTag.ZONE, zone.id());
        for (Scope scope : Scope.values()) {
            refused.put(
                    scope,
                    meters.counter(
                            RouterMetric.RESERVATIONS_REFUSED, MetricTag.ZONE, zone.id(), MetricTag.KIND, scope.id()));
        }
    }

    void reserved() {
        reserved.increment();
    }

    void refused(Scope scope) {
        Counter counter = refused.get(scope);
        if (counter != null) {
            counter.increment();
        }
    }

    void away() {
        away.increment();
    }

    void open() {
        open.increment();
    }

    void unpriced() {
        unpriced.increment();
    }

    void unbounded() {
        unbounded.increment();
    }
}
