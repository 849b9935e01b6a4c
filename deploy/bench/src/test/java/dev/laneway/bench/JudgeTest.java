package dev.laneway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.bench.BenchReport.Promise;
import dev.laneway.bench.BenchReport.Row;
import dev.laneway.bench.BenchReport.StreamRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    @Test
    void shouldCompareRoundByRoundAndTakeTheMedian() {
        List<Row> rows = List.of(
                row(BenchReport.BARE, 64, 1, 1000, 0.1),
                row(BenchReport.LANEWAY, 64, 1, 600, 0.15),
                row(BenchReport.BARE, 64, 2, 100, 0.1),
                row(BenchReport.LANEWAY, 64, 2, 30, 0.3),
                row(BenchReport.BARE, 64, 3, 10_000, 0.1),
                row(BenchReport.LANEWAY, 64, 3, 5_500, 0.17));

        List<Promise> promises = Judge.judge(rows, List.of(), null, null);

        assertThat(find(promises, "throughput at 64").measured()).isEqualTo(0.55);
        assertThat(find(promises, "CPU per answer at 64").measured()).isEqualTo(1.7, within());
        assertThat(promises).allMatch(Promise::kept);
    }

    @Test
    void shouldBreakPromisesThatAreMissed() {
        List<Row> rows = List.of(row(BenchReport.BARE, 256, 1, 1000, 0.1), row(BenchReport.LANEWAY, 256, 1, 499, 0.21));
        StreamRow lost = new StreamRow(BenchReport.LANEWAY, 512, 1, 511, 1, 99, 100, 20, 101, 50);

        List<Promise> promises = Judge.judge(rows, List.of(lost), 901.0, 8.1);

        assertThat(promises.stream().filter(promise -> !promise.kept()).map(Promise::what))
                .containsExactly(
                        "throughput at 256, share of bare hops",
                        "CPU per answer at 256, times bare hops",
                        "frames lost of 512 streams",
                        "gap p99 of 512 streams, ms",
                        "memory of all in one, MiB PSS",
                        "first answer after the start, s");
    }

    @Test
    void shouldHoldTranslationAgainstTheWayWithoutIt() {
        List<Row> rows = List.of(
                row(BenchReport.BARE, 64, 1, 1000, 0.1),
                row(BenchReport.LANEWAY, 64, 1, 600, 0.15),
                row(BenchReport.TRANSLATED, 64, 1, 480, 0.15));

        List<Promise> promises = Judge.judge(rows, List.of(), null, null);

        Promise translation = find(promises, "throughput at 64 where it translates");
        assertThat(translation.measured()).isEqualTo(0.8, within());
        assertThat(translation.kept()).isFalse();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    private static Promise find(List<Promise> promises, String start) {
        return promises.stream()
                .filter(promise -> promise.what().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static Row row(String target, int connections, int round, double perSecond, double cpu) {
        return new Row(target, connections, round, 100, 0, perSecond, 1, 2, 3, cpu, 0, 0, 0);
    }
}
