package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Vitals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * No harm, only load: what every process holds must not grow. Heap after a collection, open file descriptors and the span of the
 * watermark are read at even distances; after a warm-up of a tenth of the time, the median of the last third is held against that of the
 * first.
 */
final class Soak implements Attack {
    static final String NAME = "soak";

    private static final int SAMPLES = 60;
    private static final Duration LEAST_APART = Duration.ofSeconds(4);
    private static final double HEAP_FACTOR = 1.25;
    private static final double HEAP_MIB = 8;
    private static final double DESCRIPTORS = 12;
    private static final double SPAN_FACTOR = 1.5;
    private static final double SPAN = 50;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        Duration apart = stage.left().dividedBy(SAMPLES);
        if (apart.compareTo(LEAST_APART) < 0) {
            apart = LEAST_APART;
        }
        stage.pause(stage.left().dividedBy(10));
        Map<Instance, List<Vitals>> seen = new LinkedHashMap<>();
        while (stage.hasTime()) {
            for (Instance instance : Cluster.instances()) {
                seen.computeIfAbsent(instance, first -> new ArrayList<>())
                        .add(stage.cluster().vitals(instance));
            }
            stage.pause(apart);
        }
        seen.forEach((instance, vitals) -> {
            flat(stage, instance, "heap after a collection, MiB", vitals, Vitals::heapMib, HEAP_FACTOR, HEAP_MIB);
            flat(stage, instance, "file descriptors", vitals, Vitals::descriptors, 1, DESCRIPTORS);
            flat(stage, instance, "watermark span", vitals, Vitals::span, SPAN_FACTOR, SPAN);
        });
    }

    private static void flat(
            Stage stage,
            Instance instance,
            String what,
            List<Vitals> vitals,
            ToDoubleFunction<Vitals> figure,
            double factor,
            double more) {
        double[] thirds =
                Samples.thirds(vitals.stream().map(figure::applyAsDouble).toList());
        stage.measure(new Measure(
                String.format(Locale.ROOT, "%s: %s, at first %.1f, at last", instance, what, thirds[0]),
                thirds[1],
                thirds[0] * factor + more));
    }
}
