package dev.laneway.chaos.attack;

import java.util.List;

/** Medians and percentiles. */
final class Samples {
    private Samples() {}

    static double median(List<Double> values) {
        return percentile(values, 50);
    }

    /** The nearest rank; not a number without values. */
    static double percentile(List<Double> values, double percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** The medians of the first and of the last third; not numbers where there are too few. */
    static double[] thirds(List<Double> values) {
        int third = values.size() / 3;
        if (third == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return new double[] {
            median(values.subList(0, third)), median(values.subList(values.size() - third, values.size()))
        };
    }
}
