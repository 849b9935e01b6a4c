package dev.laneway.router.meters;

import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.rate.RateStore;
import io.micrometer.core.instrument.Counter;

/** What one zone's router counts of limits of deployments and providers. Not safe across threads. */
public final class RateMeters {
    private final Meters meters;
    private final Zone zone;
    private final Counter away;
    private final Counter open;

    public RateMeters(Meters meters, Zone zone) {
        this.meters = meters;
        this.zone = zone;
        away = meters.counter(RouterMetric.LIMITS_AWAY, MetricTag.ZONE, zone.id());
        open = meters.counter(RouterMetric.LIMITS_OPEN, MetricTag.ZONE, zone.id());
    }

    public void limited(RateStore.Refused refused) {
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

    public void away() {
        away.increment();
    }

    public void open() {
        open.increment();
    }
}
