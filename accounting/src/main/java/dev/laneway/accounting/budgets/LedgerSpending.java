package dev.laneway.accounting.budgets;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.ledger.ProviderRows;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By the tables: from the roll-ups where a window is made of whole hours, else from the rows. */
final class LedgerSpending implements Spending {
    private static final long HOUR_MILLIS = 3_600_000;
    /** No budget has more: whoever has spent so much has spent it. */
    private static final BigDecimal MOST_PICOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final String WITHIN = " >= $1 and ($2::timestamptz is null or %s < $2)";

    private static final String MEMBER = "team = split_part($3, '/', 1) and user_id = split_part($3, '/', 2)";

    /** Commands and alerts have the same pool. */
    private static final int AT_ONCE = 2;

    private final Pool pool;
    private final InTurn turns = new InTurn(AT_ONCE);

    LedgerSpending(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    @Override
    public Future<Money> in(Window window) {
        String hours = isOfHours(window) ? hours(window) : null;
        String sql = hours == null ? rows(window) : hours;
        Tuple tuple = Tuple.of(time(window.start()), window.end() == Long.MAX_VALUE ? null : time(window.end()));
        if (sql.contains("$3")) {
            tuple.addString(window.holder());
        }
        return turns.ask(() -> pool.preparedQuery(sql).execute(tuple)).map(rows -> {
            BigDecimal picos = rows.iterator().next().getBigDecimal(0);
            return new Money(picos.min(MOST_PICOS).longValueExact());
        });
    }

    @Override
    public Future<Set<String>> known(Collection<String> attempts) {
        if (attempts.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        return turns.ask(() -> pool.preparedQuery(
                                "select attempt_id from laneway.ledger_entries where attempt_id = any($1)")
                        .execute(Tuple.of(attempts.toArray(String[]::new))))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return known;
                });
    }

    private static boolean isOfHours(Window window) {
        return window.start() % HOUR_MILLIS == 0 && (window.end() == Long.MAX_VALUE || window.end() % HOUR_MILLIS == 0);
    }

    /** Null where the roll-ups don't tell it. */
    private static @Nullable String hours(Window window) {
        String of = switch (window.scope()) {
            case GLOBAL -> "tag = ''";
            case KEY -> "tag = '' and owner = $3";
            case TEAM -> "tag = '' and team = $3";
            case USER -> "tag = '' and user_id = $3";
            case MEMBER -> "tag = '' and " + MEMBER;
            case TAG -> "tag = $3 and tag <> ''";
            case MODEL -> "tag = '' and model_group = $3";
            case PROVIDER -> "tag = '' and " + ProviderRows.of("$3::text");
            case DEPLOYMENT -> null;
        };
        return of == null
                ? null
                : "select coalesce(sum(cost_picos), 0)::numeric from laneway.cost_hours where " + of + " and hour"
                        + WITHIN.formatted("hour");
    }

    /** Where an actual is there too, the estimate does not count. */
    private static String rows(Window window) {
        String of = switch (window.scope()) {
            case GLOBAL -> "true";
            case KEY -> "owner = $3";
            case TEAM -> "team = $3";
            case USER -> "user_id = $3";
            case MEMBER -> MEMBER;
            case TAG -> "tags @> array[$3]";
            case MODEL -> "model_group = $3";
            case PROVIDER -> ProviderRows.of("$3::text");
            case DEPLOYMENT -> "deployment = $3";
        };
        return "select coalesce(sum(cost_picos), 0)::numeric from laneway.ledger_entries e where " + of
                + " and accepted_at" + WITHIN.formatted("accepted_at")
                + " and (kind <> 'estimate' or not exists (select from laneway.ledger_entries a where"
                + " a.attempt_id = e.attempt_id and a.kind = 'actual' and a.accepted_at = e.accepted_at))";
    }

    private static OffsetDateTime time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
    }
}
