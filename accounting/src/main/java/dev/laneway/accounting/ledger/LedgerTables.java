package dev.laneway.accounting.ledger;

import static dev.laneway.accounting.ledger.Column.big;
import static dev.laneway.accounting.ledger.Column.bigOrNull;
import static dev.laneway.accounting.ledger.Column.text;
import static dev.laneway.accounting.ledger.Column.time;
import static dev.laneway.accounting.ledger.Column.timeOrNull;
import static dev.laneway.accounting.ledger.Column.truth;
import static dev.laneway.accounting.ledger.Column.whole;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The projections of {@code lw.usage} in PostgreSQL: which fact becomes which row. */
final class LedgerTables implements FactTables {
    private record Attempt(UsageRecord at, Fact.Attempted made) {}

    private record End(UsageRecord at, Fact.Terminal terminal) {}

    private static final BulkInsert<Attempt> ENTRIES = new BulkInsert<>(
            "laneway.ledger_entries",
            List.of(
                    text("attempt_id", row -> row.made.attempt()),
                    text("kind", row -> EntryKind.of(row.made).id()),
                    text("request_id", row -> row.made.request().id()),
                    text("owner", row -> row.made.request().owner()),
                    text("team", row -> payer(row.at).team()),
                    text("user_id", row -> payer(row.at).user()),
                    text("route", row -> row.made.request().route()),
                    text("lane", row -> row.made.request().lane()),
                    text("request_zone", row -> zone(row.made.request().zone())),
                    text("class", row -> row.made.request().workClass().id()),
                    text("deployment", row -> row.made.deployment()),
                    text("model_group", row -> row.made.group()),
                    text("provider", row -> row.made.provider()),
                    text("account", row -> row.made.account()),
                    text("model", row -> row.made.model()),
                    text("zone", row -> zone(row.made.zone())),
                    text("region", row -> row.made.region()),
                    text("outcome", row -> row.made.outcome().id()),
                    text("failure", row -> failure(row.made.failure())),
                    whole("vendor_status", row -> row.made.vendorStatus()),
                    tokens("input_tokens", TokenUsage::input),
                    tokens("output_tokens", TokenUsage::output),
                    tokens("cached_input_tokens", TokenUsage::cachedInput),
                    tokens("cache_write_tokens", TokenUsage::cacheWrite),
                    tokens("reasoning_tokens", TokenUsage::reasoning),
                    big("cost_picos", row -> charge(row.made).cost().picos()),
                    text("price_id", row -> charge(row.made).price()),
                    truth(
                            "estimated",
                            row -> EntryKind.of(row.made) == EntryKind.ESTIMATE
                                    && charge(row.made).estimate()),
                    truth("late", row -> row.made.late()),
                    time("accepted_at", row -> row.made.request().acceptedAt()),
                    timeOrNull("sent_at", row -> row.made.sentAt()),
                    timeOrNull("first_token_at", row -> row.made.firstTokenAt()),
                    time("ended_at", row -> row.made.endedAt()),
                    whole("usage_partition", row -> row.at.partition()),
                    big("usage_offset", row -> row.at.offset())));

    private static final BulkInsert<End> REQUESTS = new BulkInsert<>(
            "laneway.requests",
            List.of(
                    text("request_id", row -> row.at.request().id()),
                    text("owner", row -> row.at.request().owner()),
                    text("team", row -> payer(row.at).team()),
                    text("user_id", row -> payer(row.at).user()),
                    text("route", row -> row.at.request().route()),
                    text("lane", row -> row.at.request().lane()),
                    text("zone", row -> zone(row.at.request().zone())),
                    text("class", row -> row.at.request().workClass().id()),
                    text("status", row -> row.terminal.status().id()),
                    whole("http_status", row -> row.terminal.httpStatus()),
                    text("failure", row -> failure(row.terminal.failure())),
                    whole("attempts", row -> row.terminal.attempts()),
                    whole("fallbacks", row -> row.terminal.fallbacks()),
                    text("attempt_id", answerer(Fact.Attempted::attempt)),
                    text("deployment", answerer(Fact.Attempted::deployment)),
                    text("reply_topic", row -> row.terminal.replyTopic()),
                    bigOrNull("reply_partition", reply(Fact.Terminal::replyPartition)),
                    bigOrNull("first_reply_offset", reply(Fact.Terminal::firstOffset)),
                    bigOrNull("last_reply_offset", reply(Fact.Terminal::lastOffset)),
                    time("accepted_at", row -> row.at.request().acceptedAt()),
                    time("ended_at", row -> row.at.endedAt()),
                    whole("usage_partition", row -> row.at.partition()),
                    big("usage_offset", row -> row.at.offset())));

    /** Those whose request has another terminal fact: it came before them. */
    private static final BulkInsert<End> LATE = new BulkInsert<>(
            "laneway.late_facts",
            List.of(
                    whole("usage_partition", row -> row.at.partition()),
                    big("usage_offset", row -> row.at.offset()),
                    text("request_id", row -> row.at.request().id()),
                    text("attempt_id", answerer(Fact.Attempted::attempt)),
                    text("status", row -> row.terminal.status().id()),
                    time("ended_at", row -> row.at.endedAt())),
            "exists (select from laneway.requests r where r.request_id = new.request_id"
                    + " and (r.usage_partition, r.usage_offset) <> (new.usage_partition, new.usage_offset))");

    /** Those of attempts that another worker had given up. */
    private static final BulkInsert<Attempt> GIVEN_UP = new BulkInsert<>(
            "laneway.late_facts",
            List.of(
                    whole("usage_partition", row -> row.at.partition()),
                    big("usage_offset", row -> row.at.offset()),
                    text("request_id", row -> row.made.request().id()),
                    text("attempt_id", row -> row.made.attempt()),
                    text("status", row -> row.made.outcome().id()),
                    time("ended_at", row -> row.made.endedAt())));

    private final Pool pool;

    LedgerTables(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    @Override
    public Future<Written> write(List<UsageRecord> facts) {
        List<Attempt> attempts = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        for (UsageRecord fact : facts) {
            Fact.Attempted made = fact.attempted();
            if (made != null) {
                attempts.add(new Attempt(fact, made));
            }
            Fact.Terminal terminal = fact.terminal();
            if (terminal != null) {
                ends.add(new End(fact, terminal));
            }
        }
        return pool.withTransaction(connection -> write(connection, attempts, ends));
    }

    private static Future<Written> write(SqlConnection connection, List<Attempt> attempts, List<End> ends) {
        List<Attempt> givenUp =
                attempts.stream().filter(attempt -> attempt.made.late()).toList();
        return GIVEN_UP.run(connection, givenUp)
                .compose(stale -> ENTRIES.run(connection, attempts)
                        .compose(entries -> REQUESTS.run(connection, ends)
                                .compose(requests -> (requests == ends.size()
                                                ? Future.succeededFuture(0)
                                                : LATE.run(connection, ends))
                                        .map(late -> new Written(
                                                entries,
                                                requests,
                                                late + stale,
                                                attempts.size() - entries + ends.size() - requests - late)))));
    }

    private static Column<Attempt> tokens(String name, ToLongFunction<TokenUsage> count) {
        return bigOrNull(name, row -> {
            TokenUsage usage = row.made.usage();
            return usage == null ? null : count.applyAsLong(usage);
        });
    }

    /** Of the attempt that ended the request; null where it ended without an answer. */
    private static Function<End, @Nullable String> answerer(Function<Fact.Attempted, String> part) {
        return row -> {
            Fact.Attempted made = row.at.attempted();
            return made == null ? null : part.apply(made);
        };
    }

    private static Function<End, @Nullable Long> reply(ToLongFunction<Fact.Terminal> part) {
        return row -> row.terminal.replyTopic() == null ? null : part.applyAsLong(row.terminal);
    }

    private static Charge charge(Fact.Attempted made) {
        Charge charge = made.charge();
        return charge == null ? Charge.UNPRICED : charge;
    }

    private static Payer payer(UsageRecord at) {
        Payer payer = at.request().payer();
        return payer == null ? Payer.NOBODY : payer;
    }

    private static @Nullable String zone(@Nullable Zone zone) {
        return zone == null ? null : zone.id();
    }

    private static @Nullable String failure(@Nullable FailureKind kind) {
        return kind == null ? null : kind.id();
    }
}
