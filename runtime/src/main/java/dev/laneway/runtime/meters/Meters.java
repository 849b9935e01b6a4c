package dev.laneway.runtime.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The meters of one JVM. Looking one up costs a map access: hot paths that always use the same tags keep the meter. Safe on any
 * thread.
 */
public final class Meters implements AutoCloseable {
    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(300),
        Duration.ofSeconds(600)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(MetricName name, List<String> values) {}

    /** Meters with those of the JVM itself. */
    public static Meters create() {
        Meters meters = new Meters();
        new JvmMemoryMetrics().bindTo(meters.registry);
        meters.gc.bindTo(meters.registry);
        new JvmThreadMetrics().bindTo(meters.registry);
        new ProcessorMetrics().bindTo(meters.registry);
        new UptimeMetrics().bindTo(meters.registry);
        return meters;
    }

    /** A counter; {@code tags} are pairs of a {@link MetricTag} and its value. */
    public Counter counter(MetricName name, Object... tags) {
        return counters.computeIfAbsent(
                new Key(name, values(tags)),
                key -> Counter.builder(name.id())
                        .description(name.description())
                        .tags(tags(tags))
                        .register(registry));
    }

    /** A timer with buckets from 1 ms to 600 s. */
    public Timer timer(MetricName name, Object... tags) {
        return timers.computeIfAbsent(
                new Key(name, values(tags)),
                key -> Timer.builder(name.id())
                        .description(name.description())
                        .tags(tags(tags))
                        .serviceLevelObjectives(LATENCY_BUCKETS)
                        .register(registry));
    }

    /** A gauge, read at each scrape, on the scraper's thread; registered again with the same tags, the first one stays. */
    public Gauge gauge(MetricName name, Supplier<Number> value, Object... tags) {
        return Gauge.builder(name.id(), value)
                .description(name.description())
                .tags(tags(tags))
                .strongReference(true)
                .register(registry);
    }

    /** The text that Prometheus scrapes. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private static List<Tag> tags(Object... pairs) {
        List<Tag> tags = new ArrayList<>(pairs.length / 2);
        for (int i = 0; i < pairs.length; i += 2) {
            tags.add(Tag.of(((MetricTag) pairs[i]).id(), String.valueOf(pairs[i + 1])));
        }
        return tags;
    }

    private static List<String> values(Object... pairs) {
        List<String> values = new ArrayList<>(pairs.length);
        for (Object part : pairs) {
            values.add(String.valueOf(part));
        }
        return values;
    }
}
