package dev.laneway.provider.meters;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one zone's worker, looked up once. One context, but for the gauges. */
public final class WorkerMeters {
    private final Meters meters;
    private final String zone;
    private final Map<String, OfDeployment> deployments = new HashMap<>();
    private final Map<FailureKind, Counter> returned = new EnumMap<>(FailureKind.class);
    private final Counter taken;
    private final Counter duplicates;
    private final Counter givenBack;
    private final Counter recovered;
    private final Counter late;
    private final Counter frames;
    private final Counter windowPauses;
    private final Counter signalPauses;
    private final Counter cancels;
    private final Counter queueFull;
    private volatile int inFlight;
    private volatile int running;
    private volatile int waitingInteractive;
    private volatile int waitingDeferred;
    private volatile long pausedAccounts;

    public WorkerMeters(Meters meters, Zone zone) {
        this.meters = meters;
        this.zone = zone.id();
        taken = zoned(ProviderMetric.TAKEN);
        duplicates = zoned(ProviderMetric.DUPLICATES);
        givenBack = zoned(ProviderMetric.GIVEN_BACK);
        recovered = zoned(ProviderMetric.RECOVERED);
        late = zoned(ProviderMetric.LATE);
        frames = zoned(ProviderMetric.FRAMES);
        cancels = zoned(ProviderMetric.CANCELS);
        queueFull = zoned(ProviderMetric.QUEUE_FULL);
        windowPauses =
                meters.counter(ProviderMetric.SOURCE_PAUSES, MetricTag.ZONE, this.zone, MetricTag.REASON, "window");
        signalPauses =
                meters.counter(ProviderMetric.SOURCE_PAUSES, MetricTag.ZONE, this.zone, MetricTag.REASON, "signal");
        meters.gauge(ProviderMetric.IN_FLIGHT, () -> inFlight, MetricTag.ZONE, this.zone);
        meters.gauge(ProviderMetric.RUNNING, () -> running, MetricTag.ZONE, this.zone);
        meters.gauge(ProviderMetric.PAUSED_ACCOUNTS, () -> pausedAccounts, MetricTag.ZONE, this.zone);
        meters.gauge(
                ProviderMetric.WAITING,
                () -> waitingInteractive,
                MetricTag.ZONE,
                this.zone,
                MetricTag.CLASS,
                WorkClass.INTERACTIVE.id());
        meters.gauge(
                ProviderMetric.WAITING,
                () -> waitingDeferred,
                MetricTag.ZONE,
                this.zone,
                MetricTag.CLASS,
                WorkClass.DEFERRED.id());
    }

    /** What the gauges show until the next call. */
    public void show(int inFlightNow, int runningNow, int interactive, int deferred, long paused) {
        inFlight = inFlightNow;
        running = runningNow;
        waitingInteractive = interactive;
        waitingDeferred = deferred;
        pausedAccounts = paused;
    }

    public void taken() {
        taken.increment();
    }

    public void duplicate() {
        duplicates.increment();
    }

    public void givenBack() {
        givenBack.increment();
    }

    public void recovered() {
        recovered.increment();
    }

    public void late() {
        late.increment();
    }

    public void frames(int count) {
        frames.increment(count);
    }

    public void pausedByWindow() {
        windowPauses.increment();
    }

    public void pausedBySignal() {
        signalPauses.increment();
    }

    public void cancelled() {
        cancels.increment();
    }

    public void queueFull() {
        queueFull.increment();
    }

    public void returned(FailureKind kind) {
        returned.computeIfAbsent(
                        kind,
                        key -> meters.counter(ProviderMetric.RETURNED, MetricTag.ZONE, zone, MetricTag.KIND, key.id()))
                .increment();
    }

    public void failed(Deployment deployment, FailureKind kind) {
        of(deployment)
                .failed
                .computeIfAbsent(
                        kind,
                        key -> meters.counter(
                                ProviderMetric.FAILED,
                                MetricTag.ZONE,
                                zone,
                                MetricTag.DEPLOYMENT,
                                deployment.id(),
                                MetricTag.KIND,
                                key.id()))
                .increment();
    }

    /** A call succeeded; times in milliseconds, the first token's 0 where the answer was not streamed. */
    public void succeeded(Deployment deployment, long latency, long firstToken, @Nullable TokenUsage usage) {
        OfDeployment its = of(deployment);
        its.succeeded.increment();
        its.latency.record(Math.max(0, latency), TimeUnit.MILLISECONDS);
        if (firstToken > 0) {
            its.firstToken.record(firstToken, TimeUnit.MILLISECONDS);
        }
        if (usage != null) {
            its.input.increment((double) usage.input());
            its.output.increment((double) usage.output());
        }
    }

    /** A server was asked to load a deployment's model, and has, or has not. */
    public void warmed(Deployment deployment, boolean loaded) {
        meters.counter(
                        ProviderMetric.WARMED,
                        MetricTag.ZONE,
                        zone,
                        MetricTag.DEPLOYMENT,
                        deployment.id(),
                        MetricTag.OUTCOME,
                        loaded ? "loaded" : "failed")
                .increment();
    }

    private record OfDeployment(
            Counter succeeded,
            Timer latency,
            Timer firstToken,
            Counter input,
            Counter output,
            Map<FailureKind, Counter> failed) {}

    private OfDeployment of(Deployment deployment) {
        return deployments.computeIfAbsent(
                deployment.id(),
                id -> new OfDeployment(
                        counter(ProviderMetric.SUCCEEDED, id),
                        meters.timer(ProviderMetric.LATENCY, MetricTag.ZONE, zone, MetricTag.DEPLOYMENT, id),
                        meters.timer(ProviderMetric.FIRST_TOKEN, MetricTag.ZONE, zone, MetricTag.DEPLOYMENT, id),
                        counter(ProviderMetric.INPUT_TOKENS, id),
                        counter(ProviderMetric.OUTPUT_TOKENS, id),
                        new EnumMap<>(FailureKind.class)));
    }

    private Counter counter(ProviderMetric metric, String deployment) {
        return meters.counter(metric, MetricTag.ZONE, zone, MetricTag.DEPLOYMENT, deployment);
    }

    private Counter zoned(ProviderMetric metric) {
        return meters.counter(metric, MetricTag.ZONE, zone);
    }
}
