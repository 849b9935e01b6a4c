package dev.laneway.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    /** The same without claims and marks, which nobody should run. */
    static final String UNCLAIMED = "without claims";
    /** The same process, where the vendor speaks another dialect than the client. */
    static final String TRANSLATED = "translated";
    /** The same, asked with a key that has a budget and limits. */
    static final String GOVERNED = "governed";

    /**
     * One target at one number of connections.
     *
     * @param round in which round; 0 for the median of all
     * @param cpuMillisTarget CPU of the target's processes for one answer, of which
     * @param cpuMillisServers of PostgreSQL and Redis
     * @param cpuMillisVendor CPU of the simulator for one answer
     * @param cpuMillisLoad CPU of the load generator for one answer
     */
    public record Row(
            String target,
            int connections,
            int round,
            long answers,
            long errors,
            double perSecond,
            double p50Millis,
            double p90Millis,
            double p99Millis,
            double cpuMillisTarget,
            double cpuMillisServers,
            double cpuMillisVendor,
            double cpuMillisLoad) {}

    /** Paced streams, all at once. */
    public record StreamRow(
            String target,
            int streams,
            int round,
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

    /** A table for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-10s %5s %10s %7s %9s %9s %9s %12s %12s %12s %10s%n",
                "target",
                "conns",
                "answers/s",
                "errors",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "cpu target",
                "of it pg",
                "cpu vendor",
                "cpu load"));
        for (Row row : medians()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %5d %10.0f %7d %9.2f %9.2f %9.2f %12.3f %12.3f %12.3f %10.3f%n",
                    row.target,
                    row.connections,
                    row.perSecond,
                    row.errors,
                    row.p50Millis,
                    row.p90Millis,
                    row.p99Millis,
                    row.cpuMillisTarget,
                    row.cpuMillisServers,
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

    /** One row a target and number of connections, each figure the median of its rounds. */
    private List<Row> medians() {
        Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            groups.computeIfAbsent(List.of(row.target, row.connections), key -> new ArrayList<>())
                    .add(row);
        }
        return groups.values().stream().map(BenchReport::median).toList();
    }

    private static Row median(List<Row> group) {
        Row first = group.getFirst();
        return new Row(
                first.target,
                first.connections,
                0,
                group.stream().mapToLong(Row::answers).sum(),
                group.stream().mapToLong(Row::errors).sum(),
                Judge.median(group, Row::perSecond),
                Judge.median(group, Row::p50Millis),
                Judge.median(group, Row::p90Millis),
                Judge.median(group, Row::p99Millis),
                Judge.median(group, Row::cpuMillisTarget),
                Judge.median(group, Row::cpuMillisServers),
                Judge.median(group, Row::cpuMillisVendor),
                Judge.median(group, Row::cpuMillisLoad));
    }
}
