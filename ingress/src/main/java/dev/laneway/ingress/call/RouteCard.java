package dev.laneway.ingress.call;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.limits.LaneGate;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.config.Route;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

/** What every request of a route has in common, made once for each config. */
final class RouteCard {
    private final Route route;
    private final String topic;
    private final LaneGate gate;
    private final Meters meters;
    final Counter accepted;
    final Counter completed;
    final Counter expired;
    final Counter fallbacks;
    final Timer acceptTime;
    final Timer firstFrameTime;
    final Timer totalTime;

    RouteCard(Route route, LaneGate gate, Meters meters) {
        this.route = route;
        this.gate = gate;
        this.meters = meters;
        topic = Topics.requests(route.zone(), route.lane(), WorkClass.INTERACTIVE);
        accepted = counter(IngressMetric.ACCEPTED);
        completed = counter(IngressMetric.COMPLETED);
        expired = counter(IngressMetric.EXPIRED);
        fallbacks = counter(IngressMetric.FALLBACKS);
        acceptTime = timer(IngressMetric.ACCEPT_TIME);
        firstFrameTime = timer(IngressMetric.FIRST_FRAME_TIME);
        totalTime = timer(IngressMetric.TOTAL_TIME);
    }

    Route route() {
        return route;
    }

    /** Where its requests go. */
    String topic() {
        return topic;
    }

    LaneGate gate() {
        return gate;
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

    private Counter counter(IngressMetric name) {
        return meters.counter(name, MetricTag.ROUTE, route.name(), MetricTag.LANE, route.lane());
    }

    private Timer timer(IngressMetric name) {
        return meters.timer(name, MetricTag.ROUTE, route.name(), MetricTag.LANE, route.lane());
    }
}
