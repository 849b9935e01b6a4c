package dev.laneway.accounting.alerts;

import dev.laneway.accounting.alerts.BudgetRules.Since;
import dev.laneway.accounting.alerts.SpendRules.History;
import dev.laneway.accounting.alerts.SpendRules.Spender;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.ledger.ProviderRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The ledger's sums by the hour, as alerts need them. Reads only. */
final class SpendTable {
    private static final String OF_HOURS = "select owner, team, hour, sum(cost_picos)::numeric from laneway.cost_hours"
            + " where tag = '' and hour = any($1) group by owner, team, hour";

    /** Of an attempt with an estimate and an actual, the actual counts. */
    private static final String COUNTING =
            " and (kind <> 'estimate' or not exists (select from laneway.ledger_entries a"
                    + " where a.attempt_id = e.attempt_id and a.accepted_at = e.accepted_at and a.kind = 'actual'))";

    /** By the index of times, which is that of ends: what lasted for longer is left to the budget itself, which counts exactly. */
    private static final String LATELY_ENDED = " and ended_at >= $1 and ended_at < $3 + interval '2 hours'";

    private static final String FIRST_HOURS = "select case s.scope"
            + " when 'key' then (select min(hour) from laneway.cost_hours where tag = '' and owner = s.id)"
            + " when 'team' then (select min(hour) from laneway.cost_hours where team = s.id and team <> '')"
            + " else (select min(hour) from laneway.cost_hours) end"
            + " from unnest($1::text[], $2::text[]) with ordinality s (scope, id, place) order by s.place";

    private final Pool pool;

    SpendTable(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /** What holders of a scope spent from a time on, in trillionths of a dollar; whoever spent nothing is not there. */
    Future<Map<String, BigDecimal>> spent(Since since, Set<String> ids) {
        String column = switch (since.scope()) {
            case GLOBAL -> "'" + Scope.ALL + "'";
            case KEY -> "owner";
            case TEAM -> "team";
            case USER -> "user_id";
            case MEMBER -> "team || '/' || user_id";
            case TAG -> "tag";
            case MODEL -> "model_group";
            case PROVIDER -> "holder.id";
            case DEPLOYMENT -> "deployment";
        };
        long hour = Math.ceilDiv(since.start(), SpendRules.HOUR) * SpendRules.HOUR;
        String sql = "select id, sum(picos)::numeric from (" + String.join(" union all ", parts(since, column, hour))
                + ") parts group by id";
        Tuple tuple = Tuple.of(TallyTable.time(since.start()), (Object) ids.toArray(String[]::new));
        if (sql.contains("$3")) {
            tuple.addValue(TallyTable.time(hour));
        }
        return pool.preparedQuery(sql).execute(tuple).map(rows -> {
            Map<String, BigDecimal> spent = new HashMap<>();
            rows.forEach(row -> spent.put(row.getString(0), row.getBigDecimal(1)));
            return spent;
        });
    }

    /**
     * The sums that make what was spent: of hours, and before the first whole one of attempts, where a budget's day begins within an hour of UTC.
     *
     * @param hour the first whole one
     */
    private static List<String> parts(Since since, String column, long hour) {
        String meant = " and " + column + " = any($2)";
        String holders = since.scope() == Scope.PROVIDER
                ? " join unnest($2::text[]) as holder (id) on " + ProviderRows.of("holder.id")
                : "";
        String attempts = "select " + column + " as id, cost_picos as picos from laneway.ledger_entries e" + holders
                + (since.scope() == Scope.TAG ? " cross join unnest(tags) as tag" : "") + " where accepted_at >= $1"
                + meant + COUNTING;
        if (since.scope() == Scope.DEPLOYMENT) {
            return List.of(attempts);
        }
        String hours = "select " + column + " as id, cost_picos as picos from laneway.cost_hours" + holders
                + " where hour >= %s and tag " + (since.scope() == Scope.TAG ? "<> ''" : "= ''") + meant;
        return hour == since.start()
                ? List.of(hours.formatted("$1"))
                : List.of(hours.formatted("$3"), attempts + " and accepted_at < $3" + LATELY_ENDED);
    }

    /** What each key, each team and all spent in some hours, by hour. */
    Future<Map<Spender, Map<Long, BigDecimal>>> hours(List<Long> hours) {
        OffsetDateTime[] times = hours.stream().map(TallyTable::time).toArray(OffsetDateTime[]::new);
        return pool.preparedQuery(OF_HOURS).execute(Tuple.of((Object) times)).map(rows -> {
            Map<Spender, Map<Long, BigDecimal>> spent = new HashMap<>();
            rows.forEach(row -> {
                add(spent, new Spender(Scope.KEY, row.getString(0)), row);
                add(spent, new Spender(Scope.GLOBAL, Scope.ALL), row);
                if (!row.getString(1).isEmpty()) {
                    add(spent, new Spender(Scope.TEAM, row.getString(1)), row);
                }
            });
            return spent;
        });
    }

    /** When spenders spent for the first time, each with what it spent in some hours. However many they are, it is one question. */
    Future<Map<Spender, History>> histories(List<Spender> spenders, Map<Spender, Map<Long, BigDecimal>> before) {
        String[] scopes = spenders.stream().map(spender -> spender.scope().id()).toArray(String[]::new);
        String[] ids = spenders.stream().map(Spender::id).toArray(String[]::new);
        return pool.preparedQuery(FIRST_HOURS)
                .execute(Tuple.of((Object) scopes, (Object) ids))
                .map(rows -> {
                    Map<Spender, History> histories = new HashMap<>();
                    Iterator<Spender> each = spenders.iterator();
                    for (Row row : rows) {
                        Spender spender = each.next();
                        OffsetDateTime first = row.getOffsetDateTime(0);
                        histories.put(
                                spender,
                                new History(
                                        first == null
                                                ? Long.MAX_VALUE
                                                : first.toInstant().toEpochMilli(),
                                        before.getOrDefault(spender, Map.of())));
                    }
                    return histories;
                });
    }

    private static void add(Map<Spender, Map<Long, BigDecimal>> spent, Spender spender, Row row) {
        spent.computeIfAbsent(spender, absent -> new HashMap<>())
                .merge(row.getOffsetDateTime(2).toInstant().toEpochMilli(), row.getBigDecimal(3), BigDecimal::add);
    }
}
