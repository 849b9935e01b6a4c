package dev.laneway.bench;

import dev.laneway.bench.BenchReport.Promise;
import dev.laneway.bench.BenchReport.Row;
import dev.laneway.bench.BenchReport.StreamRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was measured against what was promised. Laneway is compared with bare hops round by round, for a shared machine is not as
 * fast in one minute as in the next; the median of the rounds counts.
 */
final class Judge {
    private Judge() {}

    static List<Promise> judge(
            List<Row> rows, List<StreamRow> streams, @Nullable Double memory, @Nullable Double firstAnswer) {
        List<Promise> promises = new ArrayList<>();
        for (int connections :
                rows.stream().mapToInt(Row::connections).distinct().toArray()) {
            List<Pair> pairs = pairs(rows, BenchReport.BARE, connections);
            if (pairs.isEmpty()) {
                continue;
            }
            if (connections == 1) {
                promises.add(atMost(
                        "p50 at 1 connection, ms over bare hops",
                        compare(pairs, (ours, bare) -> ours.p50Millis() - bare.p50Millis()),
                        1.0));
            } else if (connections >= 64) {
                promises.add(atLeast(
                        "throughput at " + connections + ", share of bare hops",
                        compare(pairs, (ours, bare) -> ours.perSecond() / bare.perSecond()),
                        0.5));
                promises.add(atMost(
                        "CPU per answer at " + connections + ", times bare hops",
                        compare(pairs, (ours, bare) -> ours.cpuMillisTarget() / bare.cpuMillisTarget()),
                        2.0));
            }
            claims(pairs(rows, BenchReport.UNCLAIMED, connections), connections, promises);
            governance(pairs(rows, BenchReport.GOVERNED, connections), connections, promises);
            translation(pairs(rows, BenchReport.TRANSLATED, connections), connections, promises);
            long errors = pairs.stream().mapToLong(pair -> pair.ours().errors()).sum();
            promises.add(atMost("errors at " + connections, (double) errors, 0));
        }
        List<StreamRow> ours = streams.stream()
                .filter(row -> row.target().equals(BenchReport.LANEWAY))
                .toList();
        if (!ours.isEmpty()) {
            String what = ours.getFirst().streams() + " streams";
            long lost = ours.stream()
                    .mapToLong(row -> row.framesExpected() - row.frames())
                    .sum();
            promises.add(atMost("frames lost of " + what, (double) lost, 0));
            promises.add(atMost("gap p99 of " + what + ", ms", median(ours, StreamRow::gapP99Millis), 100));
        }
        if (memory != null) {
            promises.add(atMost("memory of all in one, MiB PSS", memory, 900));
        }
        if (firstAnswer != null) {
            promises.add(atMost("first answer after the start, s", firstAnswer, 8));
        }
        return promises;
    }

    private static void claims(List<Pair> pairs, int connections, List<Promise> promises) {
        if (pairs.isEmpty()) {
            return;
        }
        if (connections == 1) {
            promises.add(atMost(
                    "p50 at 1 connection, ms over the same without claims",
                    compare(pairs, (ours, without) -> ours.p50Millis() - without.p50Millis()),
                    0.5));
        } else if (connections >= 64) {
            promises.add(atLeast(
                    "throughput at " + connections + ", share of the same without claims",
                    compare(pairs, (ours, without) -> ours.perSecond() / without.perSecond()),
                    0.85));
        }
    }

    private static void governance(List<Pair> pairs, int connections, List<Promise> promises) {
        if (pairs.isEmpty()) {
            return;
        }
        if (connections == 1) {
            promises.add(atMost(
                    "p50 at 1 connection with a budget and limits, ms over without",
                    compare(pairs, (ours, governed) -> governed.p50Millis() - ours.p50Millis()),
                    1.0));
        } else if (connections >= 64) {
            promises.add(atLeast(
                    "throughput at " + connections + " with a budget and limits, share of without",
                    compare(pairs, (ours, governed) -> governed.perSecond() / ours.perSecond()),
                    0.75));
        }
    }

    private static void translation(List<Pair> pairs, int connections, List<Promise> promises) {
        if (!pairs.isEmpty() && connections >= 64) {
            promises.add(atLeast(
                    "throughput at " + connections + " where it translates, share of where it need not",
                    compare(pairs, (ours, translated) -> translated.perSecond() / ours.perSecond()),
                    0.9));
        }
    }

    static <T> double median(List<T> items, ToDoubleFunction<T> figure) {
        double[] sorted = items.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private record Pair(Row ours, Row other) {}

    private static List<Pair> pairs(List<Row> rows, String other, int connections) {
        List<Pair> pairs = new ArrayList<>();
        for (Row ours : rows) {
            if (ours.target().equals(BenchReport.LANEWAY) && ours.connections() == connections) {
                rows.stream()
                        .filter(row -> row.target().equals(other)
                                && row.connections() == connections
                                && row.round() == ours.round())
                        .findFirst()
                        .ifPresent(found -> pairs.add(new Pair(ours, found)));
            }
        }
        return pairs;
    }

    private static double compare(List<Pair> pairs, ToDoubleBiFunction<Row, Row> figure) {
        return median(pairs, pair -> figure.applyAsDouble(pair.ours(), pair.other()));
    }

    private static Promise atMost(String what, double measured, double limit) {
        return new Promise(what, measured, limit, measured <= limit);
    }

    private static Promise atLeast(String what, double measured, double limit) {
        return new Promise(what, measured, limit, measured >= limit);
    }
}
