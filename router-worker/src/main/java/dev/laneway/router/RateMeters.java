package dev.laneway.router;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.rate.RateStore;
import io.micrometer.core.instrument.Counter;

/** What one zone's router counts of limits of deployments and providers. Not safe across threads. */
final class RateMeters {
    private final Meters meters;
    private final Zone zone;
    private final Counter away;
    private final Counter open;

    RateMeters(Meters meters, Zone zone) {
        this.meters = meters;
        this.zone = zone;
        away = meters.counter(RouterMetric.LIMITS_AWAY, MetricTag.ZONE, zone.id());
        open = meters.counter(RouterMetric.LIMITS_OPEN, MetricTag.ZONE, zone.id());
    }

    void limited(RateStore.Refused refused) {
        meters.counter(
                        RouterMetric.LIMITED,
                        MetricTag.ZONE,
                        zone.id(),
                        MetricTag.SCOPE,
                        refused.holder().scope().id(),
                        MetricTag.KIND,
                        refused.kind().id())
                .increment();
    }

    void away() {
        away.increment();
    }

    void open() {
        open.increment();
    }
}
