package dev.laneway.ingress.call;

import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

/** The meters of one route. A pattern's requests are counted under the pattern, so that clients can't make up series. */
final class RouteMeters {
    private final Meters meters;
    private final Route route;
    final Counter accepted;
    final Counter completed;
    final Counter expired;
    final Counter fallbacks;
    final Timer acceptTime;
    final Timer firstFrameTime;
    final Timer totalTime;

    RouteMeters(Meters meters, Route route) {
        this.meters = meters;
        this.route = route;
        accepted = counter(IngressMetric.ACCEPTED);
        completed = counter(IngressMetric.COMPLETED);
        expired = counter(IngressMetric.EXPIRED);
        fallbacks = counter(IngressMetric.FALLBACKS);
        acceptTime = timer(IngressMetric.ACCEPT_TIME);
        firstFrameTime = timer(IngressMetric.FIRST_FRAME_TIME);
        totalTime = timer(IngressMetric.TOTAL_TIME);
    }

    Counter failed(int status) {
        return meters.counter(
                IngressMetric.FAILED,
                MetricTag.ROUTE,
                route.name(),
                MetricTag.LANE,
                route.lane(),
                MetricTag.STATUS,
                status);
    }

    Counter cancelled(String reason) {
        return meters.counter(
                IngressMetric.CANCELLED,
                MetricTag.ROUTE,
                route.name(),
                MetricTag.LANE,
                route.lane(),
                MetricTag.REASON,
                reason);
    }

    Counter refused(Refusal reason) {
        return meters.counter(IngressMetric.REFUSED, MetricTag.REASON, reason.id());
    }

    /** Of the lane: turned down for want of room or of time. */
    Counter turnedDown(Refusal reason) {
        return meters.counter(IngressMetric.LANE_REFUSED, MetricTag.LANE, route.lane(), MetricTag.REASON, reason.id());
    }

    private Counter counter(IngressMetric name) {
        return meters.counter(name, MetricTag.ROUTE, route.name(), MetricTag.LANE, route.lane());
    }

    private Timer timer(IngressMetric name) {
        return meters.timer(name, MetricTag.ROUTE, route.name(), MetricTag.LANE, route.lane());
    }
}
