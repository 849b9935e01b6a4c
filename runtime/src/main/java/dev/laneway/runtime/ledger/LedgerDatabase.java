package dev.laneway.runtime.ledger;

import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ledger in PostgreSQL: its tables are accounting's, and this only selects. Safe on any thread. */
public final class LedgerDatabase implements LedgerQueries {
    private static final int CONNECTIONS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final String REQUEST =
            "select request_id, owner, team, user_id, tags, route, lane, zone, class, status, http_status,"
                    + " failure, fallbacks, attempt_id, accepted_at, ended_at from laneway.requests";

    private static final String ENTRY =
            "e.attempt_id, e.kind, e.deployment, e.model_group, e.provider, e.account, e.model, e.zone,"
                    + " e.region, e.outcome, e.failure, e.vendor_status, e.input_tokens, e.output_tokens, e.cached_input_tokens,"
                    + " e.cache_write_tokens, e.reasoning_tokens, e.cost_picos, e.price_id, e.estimated, e.late, e.sent_at, e.first_token_at,"
                    + " e.ended_at, e.request_id, e.owner, e.team, e.user_id, e.tags, e.route, e.lane, e.request_zone, e.class, e.accepted_at,"
                    + " e.cache_write_hour_tokens, e.audio_input_tokens, e.cached_audio_tokens, e.audio_output_tokens,"
                    + " e.image_output_tokens, e.tool_uses, e.service_tier, e.cost_parts";

    /** The attempts of a request: their ids begin with its own. */
    private static final String ENTRIES = "select " + ENTRY
            + " from unnest($1::text[], $2::timestamptz[]) r (id, accepted_at) cross join lateral"
            + " (select * from laneway.ledger_entries e where e.attempt_id >= r.id || ':' and e.attempt_id < r.id || ';'"
            + " and e.accepted_at = r.accepted_at) e order by e.attempt_id, e.kind";

    private final Pool pool;

    private LedgerDatabase(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /** Over a pool of its own, which connects when it is first asked. */
    public static LedgerDatabase open(Vertx vertx, DatabaseUrl url, String name) {
        return new LedgerDatabase(Databases.readingPool(vertx, url, name, CONNECTIONS, LONGEST));
    }

    public Future<Void> close() {
        return pool.close();
    }

    private static Conditions meant(CostBy by, LedgerFilter filter) {
        Conditions where = new Conditions();
        if (by == CostBy.TAG && filter.tag() == null) {
            where.and("tag <> ?", "");
        } else {
            where.and("tag = ?", Objects.requireNonNullElse(filter.tag(), ""));
        }
        return where.of(filter).ofModel("%s", filter);
    }

    @Override
    public Future<List<DailyCost>> daily(LedgerFilter filter) {
        Conditions where = meant(CostBy.DAY, filter);
        return ask(CostSums.daily(where, filter, MOST_NAMES + 1), where.values())
                .map(rows -> {
                    List<DailyCost> all = new ArrayList<>();
                    rows.forEach(row -> all.add(CostSums.daily(row)));
                    return all;
                });
    }

    @Override
    public Future<Map<String, Cost>> costs(CostBy by, LedgerFilter filter) {
        Conditions where = meant(by, filter);
        String sql = CostSums.sql(by, where, filter, MOST_NAMES + 1);
        return ask(sql, where.values()).map(rows -> {
            Map<String, Cost> costs = new LinkedHashMap<>();
            rows.forEach(row -> CostSums.read(row, costs));
            return costs;
        });
    }

    @Override
    public Future<Map<String, Spend>> spent(Scope scope, Map<String, Long> since) {
        if (since.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        String meant = switch (scope) {
            case GLOBAL -> "asked.id = '" + Scope.ALL + "'";
            case KEY -> "owner = asked.id";
            case TEAM -> "team = asked.id";
            case USER -> "user_id = asked.id";
            case MEMBER -> "team = split_part(asked.id, '/', 1) and user_id = split_part(asked.id, '/', 2)";
            case TAG -> "tag = asked.id";
            case MODEL -> "model_group = asked.id";
            case PROVIDER -> ProviderRows.of("asked.id");
            case DEPLOYMENT -> throw new IllegalArgumentException("roll-ups don't know deployments");
        };
        String spending =
                " from asked join %s on " + meant + " where " + (scope == Scope.TAG ? "tag <> ''" : "tag = ''");
        String sql =
                "with asked as (select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as asked (id, since, whole))"
                        + " select id, sum(ever)::numeric, sum(lately)::numeric from ("
                        + "select asked.id, sum(cost_picos) as ever, coalesce(sum(cost_picos) filter (where day >= asked.whole), 0) as lately"
                        + spending.formatted("laneway.cost_days")
                        + " group by 1 union all select asked.id, 0, sum(cost_picos)"
                        + spending.formatted("laneway.cost_hours")
                        + " and hour >= asked.since and hour < asked.whole group by 1) as spans group by 1";
        String[] ids = since.keySet().toArray(String[]::new);
        OffsetDateTime[] hours = moments(since.values(), Conditions::down);
        OffsetDateTime[] days = moments(since.values(), moment -> Conditions.upToDay(Conditions.down(moment)));
        return ask(sql, Tuple.of((Object) ids, (Object) hours, (Object) days)).map(rows -> {
            Map<String, Spend> spent = new HashMap<>();
            for (Row row : rows) {
                Spend spend = new Spend(money(row.getBigDecimal(1)), money(row.getBigDecimal(2)));
                if (!spend.equals(Spend.NOTHING)) {
                    spent.put(row.getString(0), spend);
                }
            }
            return spent;
        });
    }

    /** A frozen server gives nothing up by itself. */
    private Future<RowSet<Row>> ask(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .timeout(LONGEST.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static OffsetDateTime[] moments(Collection<Long> millis, LongUnaryOperator to) {
        return millis.stream()
                .map(each -> Instant.ofEpochMilli(to.applyAsLong(each)).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static Money money(BigDecimal picos) {
        return new Money(picos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    @Override
    public Future<List<LoggedRequest>> requests(LedgerFilter filter, @Nullable String before, int limit) {
        Conditions where = new Conditions()
                .of(filter)
                .and("? = any(tags)", filter.tag())
                .and("request_id < ?", before)
                .ofModel(
                        "exists (select from laneway.ledger_entries e where e.attempt_id >= requests.request_id || ':' and"
                                + " e.attempt_id < requests.request_id || ';' and e.accepted_at = requests.accepted_at and %s)",
                        filter)
                .within("accepted_at", filter.from(), filter.to());
        return ask(REQUEST + where.sql() + " order by request_id desc limit " + limit, where.values())
                .compose(rows -> {
                    List<LoggedRequest> requests = new ArrayList<>();
                    rows.forEach(row -> requests.add(request(row)));
                    return withAttempts(requests);
                });
    }

    @Override
    public Future<Optional<LoggedRequest>> request(String id, Sight sight) {
        Conditions where = new Conditions().and("request_id = ?", id).may(sight);
        return ask(REQUEST + where.sql(), where.values())
                .compose(rows -> rows.size() == 0
                        ? unended(id, sight)
                        : withAttempts(List.of(request(rows.iterator().next())))
                                .map(found -> Optional.of(found.getFirst())));
    }

    /** A request of which only attempts are known. */
    private Future<Optional<LoggedRequest>> unended(String id, Sight sight) {
        Conditions where = new Conditions()
                .and("attempt_id >= ?", id + ":")
                .and("attempt_id < ?", id + ";")
                .may(sight);
        return ask(
                        "select " + ENTRY + " from laneway.ledger_entries e" + where.sql()
                                + " order by e.attempt_id, e.kind",
                        where.values())
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    List<LoggedAttempt> attempts = attempts(rows).getOrDefault(id, List.of());
                    return Optional.of(new LoggedRequest(
                            id,
                            row.getString(25),
                            row.getString(26),
                            row.getString(27),
                            tags(row.getArrayOfStrings(28)),
                            row.getString(29),
                            row.getString(30),
                            row.getString(31),
                            row.getString(32),
                            "open",
                            0,
                            null,
                            0,
                            null,
                            millis(row.getOffsetDateTime(33)),
                            0,
                            attempts));
                });
    }

    private Future<List<LoggedRequest>> withAttempts(List<LoggedRequest> requests) {
        if (requests.isEmpty()) {
            return Future.succeededFuture(requests);
        }
        String[] ids = requests.stream().map(LoggedRequest::id).toArray(String[]::new);
        OffsetDateTime[] times = requests.stream()
                .map(request -> Conditions.time(request.acceptedAt()))
                .toArray(OffsetDateTime[]::new);
        return ask(ENTRIES, Tuple.tuple().addArrayOfString(ids).addArrayOfOffsetDateTime(times))
                .map(rows -> {
                    Map<String, List<LoggedAttempt>> attempts = attempts(rows);
                    return requests.stream()
                            .map(request -> request.with(attempts.getOrDefault(request.id(), List.of())))
                            .toList();
                });
    }

    private static Map<String, List<LoggedAttempt>> attempts(RowSet<Row> rows) {
        Map<String, Boolean> actual = new HashMap<>();
        rows.forEach(row -> actual.merge(row.getString(0), row.getString(1).equals("actual"), Boolean::logicalOr));
        Map<String, List<LoggedAttempt>> byRequest = new HashMap<>();
        for (Row row : rows) {
            boolean counts = !row.getString(1).equals("estimate") || !actual.getOrDefault(row.getString(0), false);
            byRequest
                    .computeIfAbsent(row.getString(24), id -> new ArrayList<>())
                    .add(attempt(row, counts));
        }
        return byRequest;
    }

    private static LoggedAttempt attempt(Row row, boolean counts) {
        return new LoggedAttempt(
                row.getString(0),
                row.getString(1),
                counts,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInteger(11),
                usage(row),
                new Money(row.getLong(17)),
                parts(tags(row.getArrayOfStrings(41))),
                row.getString(18),
                row.getBoolean(19),
                row.getBoolean(20),
                millis(row.getOffsetDateTime(21)),
                millis(row.getOffsetDateTime(22)),
                millis(row.getOffsetDateTime(23)));
    }

    private static LoggedRequest request(Row row) {
        return new LoggedRequest(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                tags(row.getArrayOfStrings(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getInteger(10),
                row.getString(11),
                row.getInteger(12),
                row.getString(13),
                millis(row.getOffsetDateTime(14)),
                millis(row.getOffsetDateTime(15)),
                List.of());
    }

    private static @Nullable TokenUsage usage(Row row) {
        return row.getLong(12) == null
                ? null
                : new TokenUsage(
                        row.getLong(12),
                        row.getLong(13),
                        row.getLong(14),
                        row.getLong(15),
                        row.getLong(34),
                        row.getLong(16),
                        new UsedExtras(
                                row.getLong(35),
                                row.getLong(36),
                                row.getLong(37),
                                row.getLong(38),
                                uses(tags(row.getArrayOfStrings(39))),
                                ServiceTier.of(row.getString(40))));
    }

    /** What this version does not know is passed over. */
    private static Map<HostedTool, Long> uses(List<String> texts) {
        Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);
        for (HostedTool tool : HostedTool.values()) {
            amount(texts, tool.id()).ifPresent(times -> uses.put(tool, times));
        }
        return uses;
    }

    private static Map<ChargePart, Money> parts(List<String> texts) {
        Map<ChargePart, Money> parts = new EnumMap<>(ChargePart.class);
        for (ChargePart part : ChargePart.values()) {
            amount(texts, part.id()).ifPresent(picos -> parts.put(part, new Money(picos)));
        }
        return parts;
    }

    /** Of {@code NAME=AMOUNT}. */
    private static Optional<Long> amount(List<String> texts, String name) {
        String begin = name + "=";
        return texts.stream()
                .filter(text -> text.startsWith(begin))
                .map(text -> Long.valueOf(text.substring(begin.length())))
                .findFirst();
    }

    private static List<String> tags(String @Nullable [] tags) {
        return tags == null ? List.of() : List.of(tags);
    }

    private static long millis(@Nullable OffsetDateTime time) {
        return time == null ? 0 : time.toInstant().toEpochMilli();
    }
}
