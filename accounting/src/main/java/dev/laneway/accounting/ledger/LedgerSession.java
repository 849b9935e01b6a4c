package dev.laneway.accounting.ledger;

import dev.laneway.accounting.budgets.Spent;
import dev.laneway.accounting.ledger.LedgerRows.End;
import dev.laneway.accounting.ledger.LedgerRows.Made;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One connection that writes batches of facts, each in one transaction: rows are copied into temporary tables and inserted from there
 * where their key is not there yet. The roll-up moves by what was really inserted, so a fact that comes again moves nothing; and of an
 * attempt that has an estimate and an actual, in whatever order they came, the actual counts. Blocks; belongs to one thread.
 */
final class LedgerSession implements AutoCloseable {
    private static final int ANSWER_MILLIS = 25_000;
    /**
     * Each look-up is by a key, whatever the planner knows of tables that grew since it last looked: a plan that was made while they were
     * empty would read all of them for each row.
     */
    private static final String SETTINGS =
            "set statement_timeout = '20s'; set enable_seqscan = off; set enable_hashjoin = off;"
                    + " set enable_mergejoin = off; set jit = off";

    private static final String NAMES = "team, user_id, route, lane, model_group, model, provider";
    private static final List<String> FIGURES = Stream.concat(
                    Arrays.stream(Figure.values()).map(Figure::column), Stream.of("cost_picos", "estimate_picos"))
            .toList();

    /** An actual's estimate, or an estimate's actual, wherever both are there. */
    private static final String COUNTERPARTS =
            "select i.usage_partition, i.usage_offset, e.kind, e.usage_partition, e.usage_offset, e.owner, e.accepted_at, e.team,"
                    + " e.user_id, e.tags, e.route, e.lane, e.model_group, e.model, e.provider, e.outcome, e.input_tokens,"
                    + " e.output_tokens, e.cached_input_tokens, e.cache_write_tokens, e.reasoning_tokens, e.cost_picos, e.estimated,"
                    + " e.cache_write_hour_tokens, e.audio_input_tokens, e.cached_audio_tokens, e.audio_output_tokens,"
                    + " e.image_output_tokens, e.tool_uses, e.service_tier"
                    + " from new_entries i cross join lateral (select * from laneway.ledger_entries e"
                    + " where e.attempt_id = i.attempt_id and e.accepted_at = i.accepted_at"
                    + " and e.kind = case i.kind when 'actual' then 'estimate' else 'actual' end) e where i.kind <> 'uncalled'";

    /** Another end than the one that counts; the same one again, published by who did not see that it was there, is nothing. */
    private static final String LATE_ENDS =
            "insert into laneway.late_facts (usage_partition, usage_offset, request_id, attempt_id, status, ended_at)"
                    + " select usage_partition, usage_offset, request_id, attempt_id, status, ended_at from new_requests i"
                    + " where exists (select from laneway.requests r where r.request_id = i.request_id"
                    + " and r.accepted_at = i.accepted_at"
                    + " and (r.usage_partition, r.usage_offset) <> (i.usage_partition, i.usage_offset)"
                    + " and (r.status, r.ended_at, r.attempt_id) is distinct from (i.status, i.ended_at, i.attempt_id))"
                    + " on conflict do nothing";

    private static final String LATE_ATTEMPTS =
            "insert into laneway.late_facts (usage_partition, usage_offset, request_id, attempt_id, status, ended_at)"
                    + " select usage_partition, usage_offset, request_id, attempt_id, outcome, ended_at from new_entries"
                    + " where late on conflict do nothing";

    private final Connection connection;
    private final Staged<Made> entries = LedgerRows.entries("new_entries");
    private final Staged<End> requests = LedgerRows.requests("new_requests");
    private final Staged<RollUp.Line> costs = LedgerRows.costs("new_costs");
    private final String insertEntries = insert("laneway.ledger_entries", entries.names(), "new_entries");
    private final String insertRequests = insert("laneway.requests", requests.names(), "new_requests");
    private final String moveHours = move("cost_hours", "hour", "hour");
    private final String moveDays =
            move("cost_days", "day", "date_trunc('day', hour at time zone 'UTC') at time zone 'UTC'");

    private record Place(int partition, long offset) {
        static Place of(UsageRecord at) {
            return new Place(at.partition(), at.offset());
        }
    }

    /** The other row of an attempt: an actual, or an estimate with what it counted for. */
    private record Counterpart(Place at, boolean actual, CostKey key, List<String> tags, Counted counted) {}

    /** Takes the connection over, and closes it where it is of no use. */
    LedgerSession(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            statement.execute(SETTINGS);
            if (!LedgerLock.shared(statement)) {
                throw new SQLException("the ledger is being rebuilt");
            }
            entries.make(connection);
            requests.make(connection);
            costs.make(connection);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Writes all or, with an exception, none: after one the session is to be closed, which takes back what was begun. Facts that no row can be
     * made of are data that the database refuses.
     */
    FactTables.Written write(List<Made> attempts, List<End> ends) throws SQLException {
        try {
            FactTables.Written written = insert(attempts, ends);
            connection.commit();
            return written;
        } catch (RuntimeException defect) { // the same facts would meet it again
            throw new SQLDataException(defect.getClass().getName(), "22000", defect);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private FactTables.Written insert(List<Made> attempts, List<End> ends) throws SQLException {
        RollUp moved = new RollUp();
        List<Spent> spent = new ArrayList<>();
        int lateAttempts = 0;
        int lateEnds = 0;
        Set<Place> newEntries = Set.of();
        if (!attempts.isEmpty()) {
            entries.copy(connection, attempts);
            if (attempts.stream().anyMatch(attempt -> attempt.made().late())) {
                lateAttempts = update(LATE_ATTEMPTS);
            }
            newEntries = places(insertEntries);
            countAttempts(attempts, newEntries, moved, spent);
        }
        Set<Place> newRequests = Set.of();
        if (!ends.isEmpty()) {
            requests.copy(connection, ends);
            newRequests = places(insertRequests);
            countEnds(ends, newRequests, moved);
            if (newRequests.size() < ends.size()) {
                lateEnds = update(LATE_ENDS);
            }
        }
        if (!moved.lines().isEmpty()) {
            costs.copy(connection, List.copyOf(moved.lines()));
            update(moveHours);
            update(moveDays);
        }
        int rows = attempts.size() + ends.size();
        return new FactTables.Written(
                newEntries.size(),
                newRequests.size(),
                lateAttempts + lateEnds,
                // an attempt that came late has an entry of its own
                rows - newEntries.size() - newRequests.size() - lateEnds,
                spent);
    }

    private void countAttempts(List<Made> attempts, Set<Place> inserted, RollUp moved, List<Spent> spent)
            throws SQLException {
        Map<Place, Counterpart> others = counterparts();
        for (Made attempt : attempts) {
            EntryKind kind = EntryKind.of(attempt.made());
            Place at = Place.of(attempt.at());
            if (!inserted.contains(at)) {
                continue;
            }
            if (kind == EntryKind.UNCALLED) {
                spent.add(spent(attempt, 0, false)); // nothing was, and nothing is to be held for it
                continue;
            }
            Counterpart other = others.get(at);
            if (kind == EntryKind.ESTIMATE && other != null && other.actual) {
                continue;
            }
            Counted counted = Counted.of(attempt.made());
            long picos = counted.costPicos();
            boolean corrects = other != null && !inserted.contains(other.at);
            if (other != null && corrects) {
                moved.remove(other.key, other.tags, other.counted);
                picos -= other.counted.costPicos();
            }
            spent.add(spent(attempt, picos, corrects));
            moved.add(
                    CostKey.of(attempt.at().request(), attempt.made()),
                    LedgerRows.payer(attempt.at()).tags(),
                    counted);
        }
    }

    private static Spent spent(Made attempt, long picos, boolean corrects) {
        Fact.Attempted made = attempt.made();
        return new Spent(
                made.attempt(),
                new Money(picos),
                made.request().owner(),
                made.request().payer(),
                made.group(),
                made.provider(),
                made.deployment(),
                made.request().acceptedAt(),
                made.windows(),
                corrects);
    }

    private static void countEnds(List<End> ends, Set<Place> inserted, RollUp moved) {
        for (End end : ends) {
            if (inserted.contains(Place.of(end.at()))) {
                moved.addRequest(
                        CostKey.of(end.at().request(), end.at().attempted()),
                        LedgerRows.payer(end.at()).tags());
            }
        }
    }

    private Map<Place, Counterpart> counterparts() throws SQLException {
        Map<Place, Counterpart> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNTERPARTS)) {
            while (row.next()) {
                CostKey key = new CostKey(
                        "",
                        CostKey.name(row.getString(6)),
                        CostKey.hour(row.getObject(7, OffsetDateTime.class)
                                .toInstant()
                                .toEpochMilli()),
                        CostKey.name(row.getString(8)),
                        CostKey.name(row.getString(9)),
                        CostKey.name(row.getString(11)),
                        CostKey.name(row.getString(12)),
                        CostKey.name(row.getString(13)),
                        CostKey.name(row.getString(14)),
                        CostKey.name(row.getString(15)));
                Counted counted = new Counted(
                        !Outcome.SUCCEEDED.id().equals(row.getString(16)),
                        new TokenUsage(
                                row.getLong(17),
                                row.getLong(18),
                                row.getLong(19),
                                row.getLong(20),
                                row.getLong(24),
                                row.getLong(21),
                                new UsedExtras(
                                        row.getLong(25),
                                        row.getLong(26),
                                        row.getLong(27),
                                        row.getLong(28),
                                        LedgerRows.uses(texts(row.getArray(29))),
                                        ServiceTier.of(row.getString(30)))),
                        row.getLong(22),
                        row.getBoolean(23));
                found.put(
                        new Place(row.getInt(1), row.getLong(2)),
                        new Counterpart(
                                new Place(row.getInt(4), row.getLong(5)),
                                EntryKind.ACTUAL.id().equals(row.getString(3)),
                                key,
                                texts(row.getArray(10)),
                                counted));
            }
        }
        return found;
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null
                ? List.of()
                : Stream.of((String[]) array.getArray()).toList();
    }

    private Set<Place> places(String insert) throws SQLException {
        Set<Place> places = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(insert)) {
            while (row.next()) {
                places.add(new Place(row.getInt(1), row.getLong(2)));
            }
        }
        return places;
    }

    private int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /**
     * Moves the rows of a roll-up by those of {@code new_costs}.
     *
     * @param span its column of the time
     * @param of that time, of an hour
     */
    private static String move(String table, String span, String of) {
        String key = "tag, owner, " + span + ", " + NAMES;
        return "insert into laneway." + table + " (" + key + ", " + String.join(", ", FIGURES)
                + ") select tag, owner, " + of + ", " + NAMES + ", "
                + FIGURES.stream()
                        .map(figure -> figure.endsWith("_picos")
                                ? "sum(" + figure + "::numeric)"
                                : "sum(" + figure + ")::bigint")
                        .collect(Collectors.joining(", "))
                // in one order, so that two accountings don't wait for each other
                + " from new_costs group by 1, 2, 3, " + NAMES + " order by 1, 2, 3, " + NAMES + " on conflict ("
                + key + ") do update set "
                + FIGURES.stream()
                        .map(figure -> figure + " = " + table + "." + figure + " + excluded." + figure)
                        .collect(Collectors.joining(", "));
    }

    private static String insert(String table, String names, String from) {
        return "insert into " + table + " (" + names + ") select " + names + " from " + from
                + " on conflict do nothing returning usage_partition, usage_offset";
    }
}
