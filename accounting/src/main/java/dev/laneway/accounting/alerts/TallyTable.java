package dev.laneway.accounting.alerts;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Where the tallies of all accountings meet. */
final class TallyTable {
    /** In one order, so that two accountings that write at a time never wait for each other in a circle. */
    private static final String ADD = "insert into laneway.alert_tallies as old (minute, measure, subject, n)"
            + " select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::int8[])"
            + " on conflict (minute, measure, subject) do update set n = old.n + excluded.n";

    private static final String SUM = "select measure, subject, sum(n)::int8 from laneway.alert_tallies"
            + " where minute > $1 and measure = any($2) group by measure, subject";

    private static final Comparator<Map.Entry<Tally, Long>> ORDER = Comparator.comparing(
            Map.Entry::getKey,
            Comparator.comparingLong(Tally::minute)
                    .thenComparing(tally -> tally.measure().id())
                    .thenComparing(Tally::subject));

    private static final Map<String, Measure> MEASURES = measures();

    private final Pool pool;

    TallyTable(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /** Adds to what is there, all or nothing. */
    Future<Void> add(Map<Tally, Long> counts) {
        List<Map.Entry<Tally, Long>> rows =
                counts.entrySet().stream().sorted(ORDER).toList();
        Tuple arrays = Tuple.of(
                rows.stream().map(row -> minute(row.getKey().minute())).toArray(OffsetDateTime[]::new),
                rows.stream().map(row -> row.getKey().measure().id()).toArray(String[]::new),
                rows.stream()
                        .map(row -> row.getKey().subject().replace("\0", ""))
                        .toArray(String[]::new),
                rows.stream().map(Map.Entry::getValue).toArray(Long[]::new));
        return pool.preparedQuery(ADD).execute(arrays).mapEmpty();
    }

    /** What was counted after a time, of some measures. */
    Future<Sums> since(long millis, Set<Measure> wanted) {
        String[] ids = wanted.stream().map(Measure::id).toArray(String[]::new);
        return pool.preparedQuery(SUM)
                .execute(Tuple.of(time(millis), (Object) ids))
                .map(rows -> {
                    Sums sums = new Sums();
                    rows.forEach(row -> {
                        Measure measure = MEASURES.get(row.getString(0));
                        if (measure != null) {
                            sums.add(measure, row.getString(1), row.getLong(2));
                        }
                    });
                    return sums;
                });
    }

    /** Forgets what no rule looks at any more. */
    Future<Void> prune() {
        return pool.query("delete from laneway.alert_tallies where minute < now() - interval '25 hours'")
                .execute()
                .mapEmpty();
    }

    private static Map<String, Measure> measures() {
        Map<String, Measure> byId = new HashMap<>();
        for (Measure measure : Measure.values()) {
            byId.put(measure.id(), measure);
        }
        return Map.copyOf(byId);
    }

    private static OffsetDateTime minute(long minute) {
        return time(minute * 60_000);
    }

    static OffsetDateTime time(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
