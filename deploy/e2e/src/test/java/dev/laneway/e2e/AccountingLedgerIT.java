package dev.laneway.e2e;

import static dev.laneway.e2e.AccountingProcess.config;
import static dev.laneway.e2e.UsageFacts.charged;
import static dev.laneway.e2e.UsageFacts.ended;
import static dev.laneway.e2e.UsageFacts.failed;
import static dev.laneway.e2e.UsageFacts.paidBy;
import static dev.laneway.e2e.UsageFacts.request;
import static dev.laneway.e2e.UsageFacts.succeeded;
import static dev.laneway.e2e.UsageFacts.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.laneway.accounting.AccountingRole;
import dev.laneway.accounting.budgets.Spent;
import dev.laneway.accounting.database.Schema;
import dev.laneway.accounting.ledger.Ledger;
import dev.laneway.accounting.ledger.LedgerRebuild;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Principal;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.LedgerDatabase;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.LoggedAttempt;
import dev.laneway.runtime.ledger.LoggedRequest;
import dev.laneway.runtime.ledger.Sight;
import dev.laneway.runtime.ledger.Spends;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.testkit.proxy.FaultProxy;
import dev.laneway.testkit.proxy.Mode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Usage facts to the ledger, over real servers. */
@ExtendWith(SharedServers.class)
class AccountingLedgerIT {
    private static final TokenUsage USAGE = new TokenUsage(1_000, 200, 800, 100, 50);
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String BOTH =
            "select t::text from laneway.cost_hours t union all select t::text from laneway.cost_days t order by 1";

    @TempDir
    Path folder;

    private RoleContext.Servers servers;
    private Path file;
    private Vertx vertx;
    private PgConnection database;
    private UsageFacts usage;

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        file = folder.resolve("config.yaml");
        Files.writeString(file, config("llama"));
        vertx = Vertx.vertx();
        database = PgConnection.connect(
                        vertx, DatabaseUrl.parse(servers.databaseUrl()).options())
                .await(10, TimeUnit.SECONDS);
        usage = new UsageFacts(Brokers.client(servers.kafka()));
    }

    @AfterEach
    void stop() throws Exception {
        usage.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldProjectAttemptsAndTheRequestsEnd() throws Exception {
        Fact.Subject request = request();
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(
                    failed(request, 0, FailureKind.RATE_LIMITED, 0, false),
                    failed(request, 1, FailureKind.OVERLOADED, 529, true),
                    succeeded(request, 2, USAGE));

            awaitRows("requests", 1);

            assertThat(rows("select kind, outcome, failure, vendor_status, input_tokens, output_tokens,"
                            + " cached_input_tokens, cache_write_tokens, reasoning_tokens, cost_picos"
                            + " from laneway.ledger_entries order by attempt_id"))
                    .containsExactly(
                            "uncalled|failed|rate_limited|0|null|null|null|null|null|0",
                            "estimate|failed|overloaded|529|null|null|null|null|null|0",
                            "actual|succeeded|null|200|1000|200|800|100|50|0");
            assertThat(rows(
                            "select owner, route, lane, request_zone, class, deployment, model_group, provider, account,"
                                    + " model, zone, region, extract(epoch from first_token_at - sent_at)::float from"
                                    + " laneway.ledger_entries where kind = 'actual'"))
                    .containsExactly(
                            "master|smart|routine|cloud|interactive|d_0123456789ab|claude|anthropic|anthropic-1"
                                    + "|claude-sonnet-4-5|cloud|eu|0.19");
            assertThat(rows(
                            "select request_id, status, http_status, failure, attempts, fallbacks, deployment, reply_topic,"
                                    + " reply_partition, first_reply_offset, last_reply_offset from laneway.requests"))
                    .containsExactly(request.id() + "|completed|200|null|3|2|d_0123456789ab|lw.cloud.replies|3|40|45");
            assertThat(accounting.metric("laneway_ledger_facts_projected_total"))
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldKeepTheFirstEndAndMarkALaterOneLate() throws Exception {
        Fact.Subject request = request();
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(ended(request, FailureKind.EXPIRED, 1), succeeded(request, 0, USAGE));

            awaitRows("late_facts", 1);

            assertThat(rows("select status, http_status, failure from laneway.requests"))
                    .containsExactly("expired|504|expired");
            assertThat(rows("select kind, input_tokens from laneway.ledger_entries"))
                    .containsExactly("actual|1000");
            assertThat(rows("select request_id, status from laneway.late_facts"))
                    .containsExactly(request.id() + "|completed");
            assertThat(accounting.metric("laneway_ledger_facts_late_total")).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeAnEndThatIsThereTwiceForOne() throws Exception {
        Fact.Subject request = request();
        Fact.Subject another = request();
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(
                    succeeded(request, 0, USAGE),
                    ended(another, FailureKind.EXPIRED, 1),
                    succeeded(request, 0, USAGE),
                    ended(another, FailureKind.EXPIRED, 1));

            await().atMost(SOON).until(() -> accounting.metric("laneway_ledger_facts_projected_total") == 4);

            assertThat(rows("select status from laneway.requests order by status"))
                    .containsExactly("completed", "expired");
            assertThat(rows("select sum(requests), sum(attempts), sum(input_tokens) from laneway.cost_hours"))
                    .containsExactly("2|1|1000");
            assertThat(rows("select count(*) from laneway.late_facts")).containsExactly("0");
            assertThat(accounting.metric("laneway_ledger_rows_duplicate_total")).isEqualTo(3);
        }
    }

    @Test
    void shouldCountTheActualWhereThereIsAnEstimateToo() throws Exception {
        Payer payer = new Payer("red", "ann", List.of("nightly", "eval"));
        Fact.Subject before = paidBy(request(), payer);
        Fact.Subject together = paidBy(request(), payer);
        Fact.Subject after = paidBy(request(), payer);
        Fact.Subject open = paidBy(request(), payer);
        Charge actual = new Charge(new Money(30), "anthropic/claude-sonnet-4-5@2025-09-29", false);
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(
                    unknown(before, 0, new Money(1_000)),
                    unknown(open, 0, new Money(5)),
                    charged(succeeded(after, 0, USAGE), actual));
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(
                            () -> rows("select sum(cost_picos), sum(estimates) from laneway.cost_hours where tag = ''"),
                            List.of("1035|2")::equals);
            usage.publish(
                    charged(succeeded(before, 0, USAGE), actual),
                    unknown(together, 0, new Money(1_000)),
                    charged(succeeded(together, 0, USAGE), actual),
                    unknown(after, 0, new Money(1_000)));

            await().atMost(SOON).until(() -> rows("select count(*) from laneway.ledger_entries"), List.of("7")::equals);

            assertThat(rows(
                            "select tag, owner, hour at time zone 'UTC', team, user_id, route, lane, model_group, model, provider,"
                                    + " requests, attempts, failures, input_tokens, output_tokens, cost_picos, estimates, estimate_picos"
                                    + " from laneway.cost_hours order by tag"))
                    .containsExactly(line(""), line("eval"), line("nightly"));
            asked(LedgerDatabase.open(vertx, DatabaseUrl.parse(servers.databaseUrl()), "test"), before, open);
            await().atMost(SOON).until(() -> accounting.metric("laneway_ledger_estimates_open") == 1);
            await().atMost(SOON).until(() -> accounting.metric("laneway_ledger_lag_records") == 0);
        }
    }

    /** What a budget has spent is the sum of these: none may come twice, and an estimate is taken back by what takes its place. */
    @Test
    void shouldTellBudgetsWhatEachAttemptAddsToWhatWasKnownOfIt() throws Exception {
        Fact.Subject corrected = request();
        Fact.Subject together = request();
        Fact.Subject after = request();
        Charge actual = new Charge(new Money(30), "anthropic/claude-sonnet-4-5@2025-09-29", false);
        AccountingRole.prepare(vertx, servers).await(30, TimeUnit.SECONDS);
        DatabaseUrl url = DatabaseUrl.parse(servers.databaseUrl());
        List<Spent> told = new CopyOnWriteArrayList<>();
        Meters meters = Meters.create();
        Ledger ledger = Ledger.open(
                vertx,
                servers.kafka().as(Principal.ACCOUNTING),
                url,
                Databases.pool(vertx, url, "test", 2),
                new Schema(vertx, url),
                fact -> {},
                rows -> {
                    told.addAll(rows);
                    return Future.succeededFuture();
                },
                millis -> {},
                meters);

        usage.publish(
                unknown(corrected, 0, new Money(1_000)),
                charged(succeeded(after, 0, USAGE), actual),
                failed(corrected, 1, FailureKind.RATE_LIMITED, 0, false));
        await().atMost(SOON).until(() -> told.size() == 3);
        usage.publish(
                charged(succeeded(corrected, 0, USAGE), actual),
                charged(succeeded(corrected, 0, USAGE), actual),
                unknown(together, 0, new Money(1_000)),
                charged(succeeded(together, 0, USAGE), actual),
                unknown(after, 0, new Money(1_000)),
                failed(corrected, 1, FailureKind.RATE_LIMITED, 0, false));
        awaitRows("ledger_entries", 7);
        ledger.drain(Duration.ofSeconds(10)).await(20, TimeUnit.SECONDS);
        meters.close();

        assertThat(told)
                .extracting(Spent::attempt, spent -> spent.cost().picos(), Spent::corrects)
                .containsExactlyInAnyOrder(
                        tuple(corrected.id() + ":0:0", 1_000L, false),
                        tuple(after.id() + ":0:0", 30L, false),
                        tuple(corrected.id() + ":1:1", 0L, false),
                        tuple(corrected.id() + ":0:0", -970L, true),
                        tuple(together.id() + ":0:0", 30L, false));
    }

    @Test
    void shouldCountAllThatHasAPriceOfItsOwnByTheHourAndByTheDay() throws Exception {
        TokenUsage usages = new TokenUsage(
                1_000,
                200,
                800,
                100,
                60,
                50,
                new UsedExtras(
                        40,
                        30,
                        20,
                        10,
                        Map.of(
                                HostedTool.WEB_SEARCH,
                                3L,
                                HostedTool.MAPS_ANSWER,
                                1L,
                                HostedTool.LARGE_SEARCH,
                                4L,
                                HostedTool.CODE,
                                2L),
                        ServiceTier.FLEX));
        Charge charge = new Charge(
                new Money(30), "p@1", false, Map.of(ChargePart.INPUT, new Money(10), ChargePart.CODE, new Money(20)));
        Fact.Subject request = request();
        Fact.Subject corrected = request();
        LedgerDatabase ledger = LedgerDatabase.open(vertx, DatabaseUrl.parse(servers.databaseUrl()), "test");
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(charged(succeeded(request, 0, usages), charge));
            awaitRows("requests", 1);
            // an estimate that used as much, of which nothing is left once the actual is there
            usage.publish(charged(succeeded(corrected, 0, usages), new Charge(new Money(30), "p@1", true)));
            awaitRows("ledger_entries", 2);
            usage.publish(charged(succeeded(corrected, 0, USAGE), new Charge(new Money(7), "p@1", false)));
            awaitRows("ledger_entries", 3);
        }

        for (LedgerFilter filter :
                List.of(LedgerFilter.of(new Sight.All()), spans(1_759_996_800_000L, 1_760_000_400_000L))) {
            Cost cost = ledger.costs(CostBy.MODEL, filter)
                    .await(10, TimeUnit.SECONDS)
                    .get("claude");
            assertThat(cost.tokens())
                    .isEqualTo(new TokenUsage(
                            2_000, 400, 1_600, 200, 60, 100, new UsedExtras(40, 30, 20, 10, Map.of(), null)));
            assertThat(cost.beside()).isEqualTo(new Cost.Beside(4, 0, 2, 0, 0, 1, 0));
            assertThat(cost.attempts()).isEqualTo(2);
            assertThat(cost.dollars()).isEqualByComparingTo("0.000000000037");
        }
        LoggedAttempt attempt = ledger.request(request.id(), new Sight.All())
                .await(10, TimeUnit.SECONDS)
                .orElseThrow()
                .attempts()
                .getFirst();
        assertThat(attempt.usage()).isEqualTo(usages);
        assertThat(attempt.parts()).isEqualTo(charge.parts());
        ledger.close().await(10, TimeUnit.SECONDS);
        List<String> before = rows(BOTH);
        try (InputStream in = LedgerRebuild.class.getResourceAsStream("roll-ups.sql")) {
            database.query("truncate laneway.cost_hours, laneway.cost_days; "
                            + new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .execute()
                    .await(10, TimeUnit.SECONDS);
        }
        assertThat(rows(BOTH)).hasSize(2).isEqualTo(before);
    }

    @Test
    void shouldSumUpTheSameByDaysAndHoursAsByHours() throws Exception {
        List<Fact> facts = new ArrayList<>();
        long first = 1_760_000_000_000L; // 8:53 of a day
        for (int hour = 0; hour < 60; hour++) {
            facts.add(charged(
                    succeeded(at(first + hour * 3_600_000L), 0, USAGE),
                    new Charge(new Money(1L << hour % 50), "p@1", false)));
        }
        LedgerDatabase ledger = LedgerDatabase.open(vertx, DatabaseUrl.parse(servers.databaseUrl()), "test");
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(facts);
            awaitRows("requests", 60);
        }

        for (long from : List.of(0L, first - 3_600_000, first, first + 5 * 3_600_000L, first + 30 * 3_600_000L)) {
            for (long to : List.of(
                    first + 31 * 3_600_000L, first + 45 * 3_600_000L, first + 99 * 3_600_000L, Long.MAX_VALUE)) {
                Cost byModel = ledger.costs(CostBy.MODEL, spans(from, to))
                        .await(10, TimeUnit.SECONDS)
                        .get("claude");
                Cost byHour = ledger.costs(CostBy.HOUR, spans(from, to)).await(10, TimeUnit.SECONDS).values().stream()
                        .reduce(Cost.NONE, Cost::plus);
                assertThat(byModel.dollars()).as(from + " to " + to).isEqualByComparingTo(byHour.dollars());
                assertThat(byModel.requests()).isEqualTo(byHour.requests());
                assertThat(byModel.tokens()).isEqualTo(byHour.tokens());
            }
        }
        assertThat(ledger.costs(CostBy.DAY, LedgerFilter.of(new Sight.All()))
                        .await(10, TimeUnit.SECONDS)
                        .keySet())
                .containsExactly("2025-10-09", "2025-10-10", "2025-10-11");
        ledger.close().await(10, TimeUnit.SECONDS);
    }

    private static Fact.Subject at(long accepted) {
        Fact.Subject request = request(RequestIds.next(accepted));
        return new Fact.Subject(
                request.id(),
                request.owner(),
                request.route(),
                request.lane(),
                request.zone(),
                request.workClass(),
                accepted);
    }

    private static LedgerFilter spans(long from, long to) {
        return new LedgerFilter(new Sight.All(), null, null, null, null, null, null, null, from, to);
    }

    /** What can be asked of it is what it holds. */
    private static void asked(LedgerDatabase ledger, Fact.Subject corrected, Fact.Subject open) throws Exception {
        LedgerFilter all = LedgerFilter.of(new Sight.All());
        LedgerFilter teams = new LedgerFilter(
                new Sight.OfTeam("red", "nobody"),
                "master",
                "red",
                "ann",
                "smart",
                "claude",
                "routine",
                "eval",
                1_760_000_000_000L,
                1_760_000_001_000L);
        for (LedgerFilter filter : List.of(all, teams)) {
            for (CostBy by : CostBy.values()) {
                Map<String, Cost> costs = ledger.costs(by, filter).await(10, TimeUnit.SECONDS);
                assertThat(costs.values()).as(by.id()).allSatisfy(cost -> {
                    assertThat(cost.requests()).isEqualTo(3);
                    assertThat(cost.attempts()).isEqualTo(4);
                    assertThat(cost.dollars()).isEqualByComparingTo("0.000000000095");
                    assertThat(cost.estimated()).isEqualByComparingTo("0.000000000005");
                });
            }
            assertThat(ledger.requests(filter, null, 2).await(10, TimeUnit.SECONDS))
                    .hasSize(2);
            assertThat(ledger.requests(filter, null, 9).await(10, TimeUnit.SECONDS))
                    .hasSize(3);
        }
        vendorsModel(ledger, new Sight.All(), 3);
        vendorsModel(ledger, new Sight.OfTeam("red", "nobody"), 0);
        vendorsModel(ledger, new Sight.Own("master"), 0);
        Sight other = new Sight.Own("other");
        assertThat(ledger.costs(CostBy.KEY, LedgerFilter.of(other)).await(10, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(ledger.request(corrected.id(), other).await(10, TimeUnit.SECONDS))
                .isEmpty();
        LoggedRequest logged = ledger.request(corrected.id(), new Sight.Own("master"))
                .await(10, TimeUnit.SECONDS)
                .orElseThrow();
        assertThat(logged.tags()).containsExactly("nightly", "eval");
        assertThat(logged.attempts())
                .extracting(LoggedAttempt::kind, LoggedAttempt::counts)
                .containsExactly(tuple("actual", true), tuple("estimate", false));
        assertThat(logged.dollars()).isEqualByComparingTo("0.00000000003");
        assertThat(ledger.request(open.id(), new Sight.All())
                        .await(10, TimeUnit.SECONDS)
                        .orElseThrow()
                        .status())
                .isEqualTo("open");
        assertThat(ledger.spent(Scope.TEAM, Map.of("red", 0L, "blue", 0L)).await(10, TimeUnit.SECONDS))
                .isEqualTo(Map.of("red", new Spends.Spend(new Money(95), new Money(95))));
        long afterwards = Instant.parse("2025-10-09T09:00:00Z").toEpochMilli();
        assertThat(ledger.spent(Scope.TEAM, Map.of("red", afterwards - 1)).await(10, TimeUnit.SECONDS))
                .isEqualTo(Map.of("red", new Spends.Spend(new Money(95), new Money(95))));
        assertThat(ledger.spent(Scope.TEAM, Map.of("red", afterwards)).await(10, TimeUnit.SECONDS))
                .isEqualTo(Map.of("red", new Spends.Spend(new Money(95), Money.ZERO)));
        ledger.close().await(10, TimeUnit.SECONDS);
    }

    /** Who does not see the vendors' names of models finds nothing by one. */
    private static void vendorsModel(LedgerDatabase ledger, Sight sight, int requests) throws Exception {
        LedgerFilter filter =
                new LedgerFilter(sight, null, null, null, null, "claude-sonnet-4-5", null, null, 0, Long.MAX_VALUE);
        assertThat(ledger.costs(CostBy.MODEL, filter).await(10, TimeUnit.SECONDS).values().stream()
                        .mapToLong(Cost::requests)
                        .sum())
                .isEqualTo(requests);
        assertThat(ledger.requests(filter, null, 9).await(10, TimeUnit.SECONDS)).hasSize(requests);
    }

    private static String line(String tag) {
        return tag + "|master|2025-10-09T08:00|red|ann|smart|routine|claude|claude-sonnet-4-5|anthropic"
                + "|3|4|1|3000|600|95|1|5";
    }

    @Test
    void shouldChangeNothingWhenEverythingIsDeliveredAgain() throws Exception {
        List<Fact> facts = mixture(300);
        List<String> before;
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(facts);
            awaitRows("requests", 300);
            before = everything();
        }
        try (Admin admin = Admin.create(Brokers.operator(servers.kafka()).admin("test"))) {
            admin.deleteConsumerGroups(List.of(Ledger.GROUP)).all().get(10, TimeUnit.SECONDS);
        }

        try (AccountingProcess again = accounting(servers)) {
            await().atMost(SOON).until(() -> again.metric("laneway_ledger_facts_projected_total") == facts.size());
            assertThat(everything()).isEqualTo(before);
            assertThat(again.metric("laneway_ledger_rows_duplicate_total")).isEqualTo(facts.size() * 3.0 / 2);
            assertThat(again.metric("laneway_ledger_facts_late_total")).isZero();
        }
    }

    @Test
    void shouldRebuildTheSameTablesFromTheTopic() throws Exception {
        List<String> before;
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(mixture(300));
            awaitRows("requests", 300);
            before = everything();
            assertThatThrownBy(this::rebuild).hasMessage("stop every accounting before a rebuild of the ledger");
        }

        rebuild();

        assertThat(everything()).isEmpty();
        try (AccountingProcess again = accounting(servers)) {
            awaitRows("requests", 300);
            assertThat(everything()).isEqualTo(before);
        }
    }

    @Test
    void shouldKeepInARebuildWhatTheTopicHoldsNoMore() throws Exception {
        List<String> before;
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(mixture(100));
            awaitRows("requests", 100);
            try (Admin admin = Admin.create(Brokers.operator(servers.kafka()).admin("test"))) {
                Map<TopicPartition, RecordsToDelete> gone = new HashMap<>();
                for (int partition = 0; partition < servers.partitions(); partition++) {
                    gone.put(new TopicPartition(Topics.USAGE, partition), RecordsToDelete.beforeOffset(11));
                }
                admin.deleteRecords(gone).all().get(10, TimeUnit.SECONDS);
            }
            usage.publish(mixture(50));
            awaitRows("requests", 150);
            before = everything();
        }

        rebuild();

        assertThat(rows("select count(*) from laneway.ledger_entries")).containsExactly("44");
        try (AccountingProcess again = accounting(servers)) {
            awaitRows("requests", 150);
            assertThat(everything()).isEqualTo(before);
        }
    }

    @Test
    void shouldLoseNothingWhileTheDatabaseIsAway() throws Exception {
        URI direct = URI.create(servers.databaseUrl());
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort());
                AccountingProcess accounting = accounting(through(gate, direct))) {
            usage.publish(mixture(50));
            awaitRows("requests", 50);
            gate.set(Mode.RESET);
            usage.publish(mixture(200));
            await().atMost(SOON).until(() -> !accounting.role().notReady().isEmpty());
            Files.writeString(file, config("llama", "qwen"));
            await("a change of the config does not wait for the database")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> accounting.control().config().orElseThrow().version() == 2);
            assertThat(accounting.role().notReady())
                    .anyMatch(reason -> reason.contains("the database does not answer"));
            assertThat(accounting.metric("laneway_ledger_facts_waiting")).isPositive();

            gate.set(Mode.PASS);

            awaitRows("requests", 250);
            await().atMost(SOON).until(() -> accounting.role().notReady().isEmpty());
            assertThat(accounting.metric("laneway_ledger_facts_waiting")).isZero();
        }
    }

    @Test
    void shouldNotWaitForADatabaseThatIsFrozen() throws Exception {
        URI direct = URI.create(servers.databaseUrl());
        try (AccountingProcess first = accounting(servers)) {
            awaitRows("requests", 0);
        }
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort())) {
            String url = servers.databaseUrl().replace(":" + direct.getPort() + "/", ":" + gate.port() + "/");
            LedgerDatabase ledger = LedgerDatabase.open(vertx, DatabaseUrl.parse(url), "test");
            ledger.spent(Scope.TEAM, Map.of("red", 0L)).await(10, TimeUnit.SECONDS);
            gate.set(Mode.CUT);

            Future<?> asked = ledger.spent(Scope.TEAM, Map.of("red", 0L));

            await().atMost(Duration.ofSeconds(9)).until(asked::failed);
            gate.set(Mode.PASS);
            assertThat(ledger.spent(Scope.TEAM, Map.of("red", 0L)).await(10, TimeUnit.SECONDS))
                    .isEmpty();
            ledger.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldStartWhileTheDatabaseIsAway() throws Exception {
        URI direct = URI.create(servers.databaseUrl());
        try (AccountingProcess first = accounting(servers)) {
            awaitRows("requests", 0);
        }
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort())) {
            gate.set(Mode.RESET);
            try (AccountingProcess accounting = accounting(through(gate, direct))) {
                usage.publish(mixture(10));
                assertThat(accounting.role().notReady()).isNotEmpty();

                gate.set(Mode.PASS);

                awaitRows("requests", 10);
            }
        }
    }

    @Test
    void shouldProjectOnceWhatOneReadAndAnotherWrites() throws Exception {
        URI direct = URI.create(servers.databaseUrl());
        try (FaultProxy gate = FaultProxy.open(direct.getHost(), direct.getPort())) {
            AccountingProcess first = accounting(through(gate, direct));
            usage.publish(mixture(100));
            awaitRows("requests", 100);
            gate.set(Mode.RESET);
            usage.publish(mixture(500));
            await().atMost(SOON).until(() -> first.metric("laneway_ledger_facts_waiting") == 1_000);

            try (AccountingProcess second = accounting(servers)) {
                first.leave();
                usage.publish(mixture(500));

                awaitRows("requests", 1_100);

                assertThat(rows("select count(*) from laneway.late_facts")).containsExactly("0");
                assertThat(rows("select count(*), count(distinct request_id) from laneway.ledger_entries"))
                        .containsExactly("2200|1100");
            }
        }
    }

    @Test
    void shouldTakeUpADatabaseWhoseTablesWereMadeBeforeFlyway() throws Exception {
        database.query("create schema laneway; create table laneway.schema_version (version int primary key,"
                        + " file text not null, applied_at timestamptz not null default now());"
                        + migration("0001-ledger.sql")
                        + "insert into laneway.schema_version values (1, '0001-ledger.sql');"
                        + "insert into laneway.ledger_entries (attempt_id, kind, request_id, owner, route, lane,"
                        + " request_zone, class, deployment, model_group, outcome, vendor_status, input_tokens,"
                        + " accepted_at, ended_at, usage_partition, usage_offset) values ('r:0:0', 'actual', 'r',"
                        + " 'master', 'smart', 'routine', 'cloud', 'interactive', 'd', 'claude', 'succeeded', 200, 7,"
                        + " '2025-11-11T11:11:11Z', '2025-11-11T11:11:12Z', 0, -1);"
                        + "insert into laneway.requests (request_id, owner, route, lane, zone, class, status,"
                        + " http_status, attempts, fallbacks, attempt_id, accepted_at, ended_at, usage_partition,"
                        + " usage_offset) values ('r', 'master', 'smart', 'routine', 'cloud', 'interactive',"
                        + " 'completed', 200, 1, 0, 'r:0:0', '2025-11-11T11:11:11Z', '2025-11-11T11:11:12Z', 0, -1)")
                .execute()
                .await(10, TimeUnit.SECONDS);

        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(succeeded(request(), 0, USAGE));

            awaitRows("requests", 2);

            assertThat(rows("select kind, input_tokens, cost_picos from laneway.ledger_entries order by usage_offset"))
                    .containsExactly("actual|7|0", "actual|1000|0");
            assertThat(rows("select model_group, requests, attempts, input_tokens from laneway.cost_hours"
                            + " where hour = '2025-11-11T11:00:00Z'"))
                    .containsExactly("claude|1|1|7");
            assertThat(rows("select version, type from laneway.migrations order by installed_rank"))
                    .startsWith("1|BASELINE", "0002|SQL");
        }
    }

    @Test
    void shouldLeaveOutARecordThatNobodyCanRead() throws Exception {
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publishGarbage(request().id());
            usage.publish(mixture(8));

            awaitRows("requests", 8);

            assertThat(accounting.metric("laneway_source_poison_total")).isEqualTo(1);
        }
    }

    @Test
    void shouldNotBeHeldUpByNamesThatTheDatabaseTakesForOne() throws Exception {
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(
                    succeeded(paidBy(request(), new Payer(null, "ann", List.of("\ud83d"))), 0, USAGE),
                    succeeded(paidBy(request(), new Payer(null, "ann\0", List.of("\ud83e"))), 0, USAGE));

            awaitRows("requests", 2);

            assertThat(rows("select tag, user_id, sum(requests) from laneway.cost_hours group by 1, 2 order by 1"))
                    .containsExactly("|ann|2", "?|ann|2");
        }
    }

    @Test
    void shouldLeaveOutFactsThatNoRowCanBeMadeOf() throws Exception {
        Fact.Subject request = request();
        Fact.Subject strange = new Fact.Subject(
                request().id(), request.owner(), request.route(), request.lane(), request.zone(), null, 1);
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(succeeded(request, 0, USAGE), succeeded(strange, 0, USAGE));

            await().atMost(SOON).until(() -> accounting.metric("laneway_ledger_facts_refused_total") == 1);

            assertThat(rows("select request_id from laneway.requests")).containsExactly(request.id());
            assertThat(rows("select sum(requests), sum(attempts), sum(input_tokens) from laneway.cost_hours"))
                    .containsExactly("1|1|1000");
            assertThat(accounting.metric("laneway_ledger_facts_projected_total"))
                    .as("read = projected + refused + waiting")
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldCountALateAttemptAsNoDuplicate() throws Exception {
        Fact.Subject request = request();
        Fact late = ((Fact.Attempted) succeeded(request, 0, USAGE)).asLate();
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(unknown(request, 0, new Money(5)), unknown(request, 0, new Money(5)), late);

            await().atMost(SOON).until(() -> accounting.metric("laneway_ledger_facts_projected_total") == 3);

            assertThat(accounting.metric("laneway_ledger_rows_duplicate_total")).isEqualTo(1);
            assertThat(accounting.metric("laneway_ledger_facts_late_total")).isEqualTo(1);
        }
    }

    @Test
    void shouldBeMadeAnewByTheCommand() throws Exception {
        List<String> before;
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(mixture(300));
            awaitRows("requests", 300);
            before = everything();
            assertThat(command("ledger", "rebuild"))
                    .contains("exit 1")
                    .contains("laneway: stop every accounting before a rebuild of the ledger");
            assertThat(everything()).isEqualTo(before);
        }

        assertThat(command("ledger", "rebuild"))
                .contains("exit 0")
                .contains("the ledger is emptied: the next accounting reads 600 records of usage anew");

        assertThat(everything()).isEmpty();
        assertThat(rows("select count(*) from laneway.alert_tallies")).containsExactly("0");
        try (AccountingProcess again = accounting(servers)) {
            awaitRows("requests", 300);
            assertThat(everything()).isEqualTo(before);
        }
    }

    @Test
    void shouldEmptyNothingWhereRedisCanNotForgetItsSums() throws Exception {
        List<String> before;
        try (AccountingProcess accounting = accounting(servers)) {
            usage.publish(mixture(10));
            awaitRows("requests", 10);
            before = everything();
        }

        assertThatThrownBy(() -> LedgerRebuild.run(
                                vertx,
                                servers.kafka().as(Principal.ACCOUNTING),
                                DatabaseUrl.parse(servers.databaseUrl()),
                                () -> Future.failedFuture("Redis is away"))
                        .await(20, TimeUnit.SECONDS))
                .hasMessageContaining("Redis is away");

        assertThat(everything()).isEqualTo(before);
    }

    /** A command of the launcher's, in a process of its own: what it printed, and its exit code. */
    private String command(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.laneway.standalone.Main"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(Brokers.environment(servers.kafka()));
        builder.environment().put("DATABASE_URL", servers.databaseUrl());
        builder.environment().put("REDIS_URL", servers.redisUrl());
        builder.environment().put("LANEWAY_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + "exit " + process.waitFor();
    }

    private static String migration(String file) throws Exception {
        try (InputStream in = Schema.class.getResourceAsStream("migrations/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** For each request an attempt that failed and one that did not, twice as many facts as requests. */
    private static List<Fact> mixture(int requests) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Payer payer =
                    new Payer("team_" + i % 3, i % 2 == 0 ? "ann" : null, i % 5 == 0 ? List.of("a", "b") : List.of());
            Fact.Subject request = paidBy(request(), payer);
            facts.add(unknown(request, 0, new Money(1_000 + i)));
            facts.add(charged(succeeded(request, 1, TokenUsage.of(i, 2L * i)), new Charge(new Money(7), "p@1", false)));
        }
        return facts;
    }

    private AccountingProcess accounting(RoleContext.Servers at) throws Exception {
        return AccountingProcess.start(at, file, Map.of("LANEWAY_MASTER_KEY", "sk-test"));
    }

    private RoleContext.Servers through(FaultProxy gate, URI direct) {
        String url = servers.databaseUrl().replace(":" + direct.getPort() + "/", ":" + gate.port() + "/");
        return new RoleContext.Servers(servers.kafka(), url, null, servers.partitions());
    }

    private void rebuild() throws Exception {
        LedgerRebuild.run(
                        vertx,
                        servers.kafka().as(Principal.ACCOUNTING),
                        DatabaseUrl.parse(servers.databaseUrl()),
                        Future::succeededFuture)
                .await(20, TimeUnit.SECONDS);
    }

    private void awaitRows(String table, int count) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> rows("select count(*) from laneway." + table), List.of("" + count)::equals);
    }

    /** Every row of every projection, as text. */
    private List<String> everything() throws Exception {
        List<String> all = new ArrayList<>();
        for (String table : List.of("ledger_entries", "requests", "late_facts", "cost_hours", "cost_days")) {
            all.addAll(rows("select t::text from laneway." + table + " t order by 1"));
        }
        return all;
    }

    private List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Row row : database.query(sql).execute().await(10, TimeUnit.SECONDS)) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(String.valueOf(row.getValue(i)));
            }
            rows.add(String.join("|", values));
        }
        return rows;
    }
}
