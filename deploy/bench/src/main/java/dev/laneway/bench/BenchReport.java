package dev.laneway.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run of the bench measured, and what of it broke a promise. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
        String startedAt,
        int cores,
        String java,
        List<Row> rows,
        List<StreamRow> streams,
        @Nullable Double memoryPssMib,
        @Nullable Double firstAnswerSeconds,
        List<Promise> promises) {
    static final String DIRECT = "direct";
    static final String BARE = "bare hops";
    static final String LANEWAY = "laneway";

    /**
     * One target at one number of connections.
     *
     * @param cpuMillisTarget CPU of the target's processes for one answer
     * @param cpuMillisVendor CPU of the simulator for one answer
     * @param cpuMillisLoad CPU of the load generator for one answer
     */
    public record Row(
            String target,
            int connections,
            long answers,
            long errors,
            double perSecond,
            double p50Millis,
            double p90Millis,
            double p99Millis,
            double cpuMillisTarget,
            double cpuMillisVendor,
            double cpuMillisLoad) {}

    /** Paced streams, all at once. */
    public record StreamRow(
            String target,
            int streams,
            long complete,
            long failed,
            long frames,
            long framesExpected,
            double gapP50Millis,
            double gapP99Millis,
            double firstP99Millis) {}

    /** A figure that was to be reached. */
    public record Promise(String what, double measured, double limit, boolean kept) {}

    public boolean allKept() {
        return promises.stream().allMatch(Promise::kept);
    }

    static List<Promise> judge(
            List<Row> rows, List<StreamRow> streams, @Nullable Double memory, @Nullable Double firstAnswer) {
        List<Promise> promises = new ArrayList<>();
        find(rows, LANEWAY, 1)
                .ifPresent(ours -> find(rows, BARE, 1)
                        .ifPresent(bare -> promises.add(atMost(
                                "p50 at 1 connection, ms over bare hops", ours.p50Millis - bare.p50Millis, 1.0))));
        for (int connections : new int[] {64, 256}) {
            find(rows, LANEWAY, connections)
                    .ifPresent(ours -> find(rows, BARE, connections).ifPresent(bare -> {
                        promises.add(atLeast(
                                "throughput at " + connections + ", share of bare hops",
                                ours.perSecond / bare.perSecond,
                                0.5));
                        promises.add(atMost(
                                "CPU per answer at " + connections + ", times bare hops",
                                ours.cpuMillisTarget / bare.cpuMillisTarget,
                                2.0));
                    }));
        }
        for (Row row : rows) {
            if (row.target.equals(LANEWAY)) {
                promises.add(atMost("errors at " + row.connections, (double) row.errors, 0));
            }
        }
        for (StreamRow row : streams) {
            if (row.target.equals(LANEWAY)) {
                promises.add(atMost(
                        "frames lost of " + row.streams + " streams", (double) (row.framesExpected - row.frames), 0));
                promises.add(atMost("gap p99 of " + row.streams + " streams, ms", row.gapP99Millis, 100));
            }
        }
        if (memory != null) {
            promises.add(atMost("memory of all in one, MiB PSS", memory, 900));
        }
        if (firstAnswer != null) {
            promises.add(atMost("first answer after the start, s", firstAnswer, 8));
        }
        return promises;
    }

    /** A table for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-10s %5s %10s %7s %9s %9s %9s %12s %12s %10s%n",
                "target",
                "conns",
                "answers/s",
                "errors",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "cpu target",
                "cpu vendor",
                "cpu load"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %5d %10.0f %7d %9.2f %9.2f %9.2f %12.3f %12.3f %10.3f%n",
                    row.target,
                    row.connections,
                    row.perSecond,
                    row.errors,
                    row.p50Millis,
                    row.p90Millis,
                    row.p99Millis,
                    row.cpuMillisTarget,
                    row.cpuMillisVendor,
                    row.cpuMillisLoad));
        }
        for (StreamRow row : streams) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %d paced streams: %d complete, %d of %d frames, gap p50 %.1f ms, p99 %.1f ms, first frame p99 %.1f ms%n",
                    row.target,
                    row.streams,
                    row.complete,
                    row.frames,
                    row.framesExpected,
                    row.gapP50Millis,
                    row.gapP99Millis,
                    row.firstP99Millis));
        }
        for (Promise promise : promises) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %-50s %10.2f (limit %.2f)%n",
                    promise.kept ? "kept" : "BROKEN",
                    promise.what,
                    promise.measured,
                    promise.limit));
        }
        return text.toString();
    }

    private static Optional<Row> find(List<Row> rows, String target, int connections) {
        return rows.stream()
                .filter(row -> row.target.equals(target) && row.connections == connections)
                .findFirst();
    }

    private static Promise atMost(String what, double measured, double limit) {
        return new Promise(what, measured, limit, measured <= limit);
    }

    private static Promise atLeast(String what, double measured, double limit) {
        return new Promise(what, measured, limit, measured >= limit);
    }
}
