package dev.laneway.router;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of one zone's router; those of the hot path are kept. Not safe across threads. */
final class RouterMeters {
    private final Meters meters;
    private final Zone zone;
    private final Map<Work, Counter> requests = new HashMap<>();
    private final Map<Work, Counter> attempts = new HashMap<>();

    private record Work(String lane, WorkClass workClass) {}

    RouterMeters(Meters meters, Zone zone) {
        this.meters = meters;
        this.zone = zone;
    }

    void request(Request request) {
        count(RouterMetric.REQUESTS, requests, request);
    }

    void published(Request request) {
        count(RouterMetric.ATTEMPTS, attempts, request);
    }

    void failure(FailureKind kind) {
        counter(RouterMetric.FAILURES, MetricTag.KIND, kind.id()).increment();
    }

    void repeated() {
        counter(RouterMetric.REPEATED).increment();
    }

    void retry() {
        counter(RouterMetric.RETRIES).increment();
    }

    void fallback(Fallback fallback, String to) {
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

    void continuation(Fallback brokenOff, String to) {
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

    void ended(int status, FailureKind kind) {
        counter(RouterMetric.ENDED, MetricTag.STATUS, status, MetricTag.KIND, kind.id())
                .increment();
    }

    void dropped(FailureKind kind) {
        counter(RouterMetric.DROPPED, MetricTag.REASON, kind.id()).increment();
    }

    void wait(WaitReason reason) {
        counter(RouterMetric.WAITS, MetricTag.REASON, reason.id()).increment();
    }

    void waitRefused() {
        counter(RouterMetric.WAITS_REFUSED).increment();
    }

    Counter noticed() {
        return counter(RouterMetric.NOTICED);
    }

    Counter noticesDropped(String reason) {
        return counter(RouterMetric.NOTICES_DROPPED, MetricTag.REASON, reason);
    }

    void waiting(Supplier<Number> waiting) {
        meters.gauge(RouterMetric.WAITING, waiting, MetricTag.ZONE, zone.id());
    }

    void refusedByFence(String what) {
        counter(RouterMetric.FENCED, MetricTag.REASON, what).increment();
    }

    void publishFailed() {
        counter(RouterMetric.PUBLISH_FAILED).increment();
    }

    void unreadable(String topic) {
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
