package dev.laneway.router.meters;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.router.plan.Fallback;
import dev.laneway.router.plan.WaitReason;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of one zone's router; those of the hot path are kept. Not safe across threads. */
public final class RouterMeters {
    private final Meters meters;
    private final Zone zone;
    private final Map<Work, Counter> requests = new HashMap<>();
    private final Map<Work, Counter> attempts = new HashMap<>();

    private record Work(String lane, WorkClass workClass) {}

    public RouterMeters(Meters meters, Zone zone) {
        this.meters = meters;
        this.zone = zone;
    }

    public void request(Request request) {
        count(RouterMetric.REQUESTS, requests, request);
    }

    public void published(Request request) {
        count(RouterMetric.ATTEMPTS, attempts, request);
    }

    public void failure(FailureKind kind) {
        counter(RouterMetric.FAILURES, MetricTag.KIND, kind.id()).increment();
    }

    public void repeated() {
        counter(RouterMetric.REPEATED).increment();
    }

    public void retry() {
        counter(RouterMetric.RETRIES).increment();
    }

    public void fallback(Fallback fallback, String to) {
        counter(
                        RouterMetric.FALLBACKS,
                        MetricTag.FROM,
                        fallback.from(),
                        MetricTag.TO,
                        to,
                        MetricTag.KIND,
                        fallback.kind().id())
                .increment();
    }

    public void continuation(Fallback brokenOff, String to) {
        counter(
                        RouterMetric.CONTINUATIONS,
                        MetricTag.FROM,
                        brokenOff.from(),
                        MetricTag.TO,
                        to,
                        MetricTag.KIND,
                        brokenOff.kind().id())
                .increment();
    }

    public void ended(int status, FailureKind kind) {
        counter(RouterMetric.ENDED, MetricTag.STATUS, status, MetricTag.KIND, kind.id())
                .increment();
    }

    public void dropped(FailureKind kind) {
        counter(RouterMetric.DROPPED, MetricTag.REASON, kind.id()).increment();
    }

    public void wait(WaitReason reason) {
        counter(RouterMetric.WAITS, MetricTag.REASON, reason.id()).increment();
    }

    public void waitRefused() {
        counter(RouterMetric.WAITS_REFUSED).increment();
    }

    public Counter noticed() {
        return counter(RouterMetric.NOTICED);
    }

    public Counter noticesDropped(String reason) {
        return counter(RouterMetric.NOTICES_DROPPED, MetricTag.REASON, reason);
    }

    public void waiting(Supplier<Number> waiting) {
        meters.gauge(RouterMetric.WAITING, waiting, MetricTag.ZONE, zone.id());
    }

    public void refusedByFence(String what) {
        counter(RouterMetric.FENCED, MetricTag.REASON, what).increment();
    }

    public void publishFailed() {
        counter(RouterMetric.PUBLISH_FAILED).increment();
    }

    public void unreadable(String topic) {
        counter(RouterMetric.UNREADABLE, MetricTag.TOPIC, topic).increment();
    }

    private void count(RouterMetric metric, Map<Work, Counter> kept, Request request) {
        kept.computeIfAbsent(
                        new Work(request.lane(), request.workClass()),
                        work -> counter(
                                metric,
                                MetricTag.LANE,
                                work.lane(),
                                MetricTag.CLASS,
                                work.workClass().id()))
                .increment();
    }

    private Counter counter(RouterMetric metric, Object... tags) {
        Object[] all = new Object[tags.length + 2];
        all[0] = MetricTag.ZONE;
        all[1] = zone.id();
        System.arraycopy(tags, 0, all, 2, tags.length);
        return meters.counter(metric, all);
    }
}
