package dev.laneway.accounting.alerts;

import dev.laneway.contracts.RequestIds;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Alerts that were raised, and their deliveries. The times that several accountings compare are the database's. */
final class AlertTable {
    /** Deliveries that wait for a channel; one more is dropped. */
    static final int MOST_WAITING = 1_000;

    private static final String ID = "alert_";

    private static final String RAISE = "with raised as ("
            + " insert into laneway.alerts (alert_id, rule, kind, subject, level, window_from, title, body, details, silenced, raised_at, silenced_by)"
            + " select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now(), $13"
            + " where not exists (select from laneway.alerts a where a.rule = $2 and a.subject = $4 and a.level = $5"
            // what was silenced told nobody
            + " and a.raised_at > now() - make_interval(secs => $11::int8) and ($10 or not a.silenced))"
            + " on conflict do nothing returning alert_id),"
            + " told as (insert into laneway.alert_deliveries (alert_id, channel, state, next_at, ended_at)"
            + " select r.alert_id, c.channel, case when c.waiting < " + MOST_WAITING
            + " then 'due' else 'dropped' end, now(), case when c.waiting < " + MOST_WAITING
            + " then null else now() end"
            + " from raised r cross join (select channel, (select count(*) from laneway.alert_deliveries d"
            + " where d.channel = named.channel and d.state = 'due') as waiting from unnest($12::text[]) as named (channel)) c"
            + " returning state)"
            + " select (select count(*) from raised), (select count(*) from told where state = 'dropped')";

    private static final String CLAIM = "update laneway.alert_deliveries d set attempts = d.attempts + 1,"
            + " leased_until = now() + make_interval(secs => $3::int8)"
            + " from laneway.alerts a where a.alert_id = d.alert_id and d.channel = $1 and d.alert_id in ("
            + " select w.alert_id from laneway.alert_deliveries w where w.channel = $1 and w.state = 'due' and w.next_at <= now()"
            + " and (w.leased_until is null or w.leased_until < now()) order by w.next_at limit $2 for update skip locked)"
            + " returning a.alert_id, d.attempts, a.rule, a.kind, a.subject, a.level, a.window_from, a.title, a.body, a.details::text,"
            + " a.raised_at";

    /** What is not due any more, since another one delivered it after the lease had ended, stays as it is. */
    private static final String SETTLE = "with tried as (insert into laneway.alert_attempts"
            + " (alert_id, channel, attempt, at, status, failure, millis) values ($1, $2, $3, now(), $4, $5, $6)"
            + " on conflict do nothing)"
            + " update laneway.alert_deliveries set state = $7, leased_until = null,"
            + " next_at = now() + make_interval(secs => $8::int8), ended_at = case when $7 = 'due' then null else now() end"
            + " where alert_id = $1 and channel = $2 and state = 'due'";

    private final Pool pool;

    /** What became of a finding. */
    record Raised(boolean isNew, int dropped) {}

    /**
     * A delivery that was leased.
     *
     * @param attempt from 1
     * @param alert as it is sent
     */
    record Due(String channel, int attempt, Alert alert) {}

    AlertTable(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /**
     * Raises an alert that is due, where it is not there yet.
     *
     * @param silenced nobody is told
     * @param by id of the silence that says so; null where it is the rule's own
     * @param channels who is told
     */
    Future<Raised> raise(Finding finding, boolean silenced, @Nullable String by, List<String> channels, long now) {
        String sortable = RequestIds.next(now);
        String id = ID + sortable.substring(sortable.indexOf('_') + 1);
        Tuple values = Tuple.tuple()
                .addString(id)
                .addString(finding.rule().name())
                .addString(finding.rule().kind().id())
                .addString(finding.subject())
                .addInteger(finding.level())
                .addOffsetDateTime(TallyTable.time(finding.windowFrom()))
                .addString(finding.title())
                .addString(finding.text())
                .addJsonObject(finding.details())
                .addBoolean(silenced)
                .addLong(finding.again().toSeconds())
                .addArrayOfString(silenced ? new String[0] : channels.toArray(String[]::new))
                .addString(by);
        return pool.preparedQuery(RAISE).execute(values).map(rows -> {
            Row row = rows.iterator().next();
            return new Raised(row.getLong(0) > 0, (int) (long) row.getLong(1));
        });
    }

    /** Leases what is due for a channel, the longest due first. */
    Future<List<Due>> claim(String channel, int most, Duration lease) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(channel, most, lease.toSeconds()))
                .map(rows -> {
                    List<Due> due = new ArrayList<>();
                    rows.forEach(row -> due.add(new Due(channel, row.getInteger(1), alert(row))));
                    return due;
                });
    }

    private static Alert alert(Row row) {
        return new Alert(
                row.getString(0),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInteger(5),
                row.getOffsetDateTime(6).toInstant(),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getOffsetDateTime(10).toInstant());
    }

    /** How a delivery stands after a try. */
    enum State {
        DUE("due"),
        DELIVERED("delivered"),
        GIVEN_UP("given_up");

        private final String id;

        State(String id) {
            this.id = id;
        }
    }

    /**
     * Records a try.
     *
     * @param again after which it is due again
     */
    Future<Void> settle(
            Due due, @Nullable Integer status, @Nullable String failure, int millis, State state, Duration again) {
        Tuple values = Tuple.tuple()
                .addString(due.alert().id())
                .addString(due.channel())
                .addInteger(due.attempt())
                .addInteger(status)
                .addString(failure)
                .addInteger(millis)
                .addString(state.id)
                .addLong(again.toSeconds());
        return pool.preparedQuery(SETTLE).execute(values).mapEmpty();
    }

    /** Gives up what waits for channels that are no more, and forgets what is older than three months. */
    Future<Void> prune(List<String> channels) {
        return pool.preparedQuery("update laneway.alert_deliveries set state = 'given_up', ended_at = now()"
                        + " where state = 'due' and channel <> all($1) and next_at < now() - interval '1 day'")
                .execute(Tuple.of((Object) channels.toArray(String[]::new)))
                .compose(given -> pool.query("delete from laneway.alerts where raised_at < now() - interval '90 days'")
                        .execute())
                .mapEmpty();
    }
}
