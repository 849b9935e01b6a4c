package dev.laneway.runtime.alerts;

import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Alerts in PostgreSQL: the tables are accounting's, and this only selects. Safe on any thread. */
public final class AlertDatabase implements AlertLog {
    private static final int SECONDS = 5;
    private static final String FIND =
            "select alert_id, rule, kind, subject, level, window_from, title, body, details::text,"
                    + " silenced, raised_at, silenced_by from laneway.alerts where ($1::text is null or kind = $1)"
                    + " and ($2::text is null or subject = $2) and raised_at >= $3 and ($4::text is null or alert_id < $4)"
                    + " order by alert_id desc limit $5";

    private static final String DELIVERIES = "select d.alert_id, d.channel, d.state, d.attempts, d.next_at, d.ended_at,"
            + " t.status, t.failure from laneway.alert_deliveries d left join lateral (select status, failure"
            + " from laneway.alert_attempts t where t.alert_id = d.alert_id and t.channel = d.channel"
            + " order by t.attempt desc limit 1) t on true where d.alert_id = any($1) order by d.channel";

    private final Pool pool;

    private AlertDatabase(Pool pool) {
        this.pool = pool;
    }

    /** By one connection of its own, opened when it is first used; it ends with the Vert.x. */
    public static AlertDatabase open(Vertx vertx, DatabaseUrl url) {
        return new AlertDatabase(
                Databases.readingPool(vertx, url, "laneway-alert-log", 1, Duration.ofSeconds(SECONDS)));
    }

    @Override
    public Future<List<AlertEntry>> find(Question question) {
        Tuple parameters = Tuple.tuple()
                .addValue(question.kind())
                .addValue(question.subject())
                .addValue(OffsetDateTime.ofInstant(Instant.ofEpochMilli(question.since()), ZoneOffset.UTC))
                .addValue(question.before())
                .addValue(question.limit());
        return pool.preparedQuery(FIND)
                .execute(parameters)
                .compose(rows -> {
                    List<Row> alerts = new ArrayList<>();
                    rows.forEach(alerts::add);
                    return alerts.isEmpty() ? Future.succeededFuture(List.<AlertEntry>of()) : entries(alerts);
                })
                .timeout(SECONDS, TimeUnit.SECONDS);
    }

    private Future<List<AlertEntry>> entries(List<Row> alerts) {
        String[] ids = alerts.stream().map(row -> row.getString(0)).toArray(String[]::new);
        return pool.preparedQuery(DELIVERIES).execute(Tuple.of((Object) ids)).map(rows -> {
            Map<String, List<AlertEntry.Delivery>> told = new HashMap<>();
            rows.forEach(row -> told.computeIfAbsent(row.getString(0), id -> new ArrayList<>())
                    .add(delivery(row)));
            return alerts.stream()
                    .map(row -> entry(row, told.getOrDefault(row.getString(0), List.of())))
                    .toList();
        });
    }

    private static AlertEntry.Delivery delivery(Row row) {
        OffsetDateTime ended = row.getOffsetDateTime(5);
        return new AlertEntry.Delivery(
                row.getString(1),
                row.getString(2),
                row.getInteger(3),
                row.getOffsetDateTime(4).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getInteger(6),
                row.getString(7));
    }

    private static AlertEntry entry(Row row, List<AlertEntry.Delivery> deliveries) {
        return new AlertEntry(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInteger(4),
                row.getOffsetDateTime(5).toInstant(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getBoolean(9),
                row.getString(11),
                row.getOffsetDateTime(10).toInstant(),
                deliveries);
    }
}
