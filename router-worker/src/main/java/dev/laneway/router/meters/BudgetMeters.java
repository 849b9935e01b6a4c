package dev.laneway.router.meters;

import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;

/** What one zone's router counts of reservations. Not safe across threads. */
public final class BudgetMeters {
    private final Counter reserved;
    private final Counter away;
    private final Counter open;
    private final Counter unpriced;
    private final Counter unbounded;
    private final Map<Scope, Counter> refused = new EnumMap<>(Scope.class);

    public BudgetMeters(Meters meters, Zone zone) {
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

    public void reserved() {
        reserved.increment();
    }

    public void refused(Scope scope) {
        Counter counter = refused.get(scope);
        if (counter != null) {
            counter.increment();
        }
    }

    public void away() {
        away.increment();
    }

    public void open() {
        open.increment();
    }

    public void unpriced() {
        unpriced.increment();
    }

    public void unbounded() {
        unbounded.increment();
    }
}
