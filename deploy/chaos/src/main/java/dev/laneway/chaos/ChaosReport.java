package dev.laneway.chaos;

import dev.laneway.chaos.attack.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run did, what came of it, and which promises it broke. */
public record ChaosReport(
        String startedAt,
        long seed,
        int cores,
        String java,
        int longestSeconds,
        double perSecond,
        List<Row> rows,
        List<Measure> measures,
        List<Verdict> verdicts,
        List<String> findings) {
    public ChaosReport {
        rows = List.copyOf(rows);
        measures = List.copyOf(measures);
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
    }

    /**
     * One scenario.
     *
     * @param seconds of attacking
     * @param skipped why it was not done; empty where it was
     * @param endings of the clients' requests, by name
     * @param calls that the vendor saw
     * @param unknown outcomes
     * @param unknownLimit calls in flight at the strikes
     * @param late terminal facts after a request's first
     * @param slowestResumedMillis after a kill; -1 where nobody was killed
     * @param broken findings, by promise
     */
    public record Row(
            String scenario,
            double seconds,
            String skipped,
            int strikes,
            int kills,
            Map<String, Integer> endings,
            int calls,
            int unknown,
            int unknownLimit,
            int late,
            long slowestResumedMillis,
            Map<String, Integer> broken) {}

    /** A promise over the whole run. */
    public record Verdict(String promise, int broken) {}

    public boolean allKept() {
        return verdicts.stream().allMatch(verdict -> verdict.broken == 0)
                && measures.stream().allMatch(Measure::kept);
    }

    /** A table for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "seed %d, calls up to %d s, %.1f requests/s%n%-18s %7s %7s %6s %7s %7s %8s %6s %9s  %s%n",
                seed,
                longestSeconds,
                perSecond,
                "scenario",
                "seconds",
                "strikes",
                "kills",
                "asked",
                "whole",
                "unknown",
                "late",
                "resumed",
                "broken"));
        for (Row row : rows) {
            if (!row.skipped.isEmpty()) {
                text.append(String.format(Locale.ROOT, "%-18s skipped: %s%n", row.scenario, row.skipped));
                continue;
            }
            int asked =
                    row.endings.values().stream().mapToInt(Integer::intValue).sum();
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %7.0f %7d %6d %7d %7d %8s %6d %9s  %s%n",
                    row.scenario,
                    row.seconds,
                    row.strikes,
                    row.kills,
                    asked,
                    row.endings.getOrDefault("WHOLE", 0),
                    row.unknown + "<=" + row.unknownLimit,
                    row.late,
                    row.slowestResumedMillis < 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f s", row.slowestResumedMillis / 1000.0),
                    row.broken.isEmpty() ? "-" : row.broken));
        }
        for (Measure measure : measures) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %s: %.2f (limit %.2f)%n",
                    measure.kept() ? "kept" : "BROKEN",
                    measure.what(),
                    measure.measured(),
                    measure.limit()));
        }
        for (Verdict verdict : verdicts) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %s%s%n",
                    verdict.broken == 0 ? "kept" : "BROKEN",
                    verdict.promise,
                    verdict.broken == 0 ? "" : ": " + verdict.broken + " times"));
        }
        findings.forEach(finding -> text.append("  ").append(finding).append(System.lineSeparator()));
        return text.toString();
    }
}
