package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Status;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.alerts.AlertDatabase;
import dev.laneway.runtime.alerts.AlertEntry;
import dev.laneway.runtime.alerts.AlertLog;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.role.RoleContext;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Facts and sums to alerts, and to an endpoint, by two accountings over real servers. */
@ExtendWith(SharedServers.class)
class AlertsIT {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private RoleContext.Servers servers;
    private Path file;
    private Vertx vertx;
    private PgConnection database;
    private UsageFacts usage;
    private HttpServer endpoint;
    private ServerSocket dead;
    private Map<String, String> environment;

    private record Delivery(HttpHeaders headers, String body) {
        String id() {
            return headers.firstValue("webhook-id").orElse("");
        }

        String subject() {
            return new JsonObject(body).getJsonObject("data").getString("subject");
        }

        String kind() {
            return new JsonObject(body).getJsonObject("data").getString("kind");
        }
    }

    @BeforeEach
    void start(SharedServers shared) throws Exception {
        servers = shared.fresh();
        file = folder.resolve("config.yaml");
        endpoint = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        endpoint.createContext("/hook", this::take);
        endpoint.start();
        dead = new ServerSocket(0); // takes connections, and never says anything
        environment = Map.of(
                "HOOK_URL",
                "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook",
                "DEAD_URL",
                "http://127.0.0.1:" + dead.getLocalPort() + "/",
                "HOOK_SECRET",
                SECRET,
                "ADAS_KEY",
                "sk-ada-0123456789abcdef");
        Files.writeString(file, AccountingProcess.config("llama") + """
                api_keys:
                  - {key: os.environ/ADAS_KEY, name: ada, max_budget: 10, budget_duration: 30d}
                alerts:
                  channels:
                    dead: {slack: os.environ/DEAD_URL}
                    hook: {webhook: os.environ/HOOK_URL, secret: os.environ/HOOK_SECRET}
                  rules:
                    - {kind: budget_refusals, silence: {until: 2999-01-01T00:00:00Z}}
                """);
        vertx = Vertx.vertx();
        database = PgConnection.connect(
                        vertx, DatabaseUrl.parse(servers.databaseUrl()).options())
                .await(10, TimeUnit.SECONDS);
        usage = new UsageFacts(Brokers.client(servers.kafka()));
    }

    @AfterEach
    void stop() throws Exception {
        usage.close();
        endpoint.stop(0);
        dead.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** Of each alert of violations the first try is refused. */
    private void take(HttpExchange exchange) throws java.io.IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Delivery delivery = new Delivery(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body);
        boolean refused = delivery.kind().equals("violations")
                && deliveries.stream().noneMatch(other -> other.id().equals(delivery.id()));
        deliveries.add(delivery);
        exchange.sendResponseHeaders(refused ? 500 : 204, -1);
        exchange.close();
    }

    @Test
    void shouldTellOnceHoweverManyAccountingsWatch() throws Exception {
        try (AccountingProcess one = AccountingProcess.start(servers, file, environment);
                AccountingProcess other = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON)
                    .until(() -> one.metric("laneway_control_writer") + other.metric("laneway_control_writer") == 1);
            leftByADeadAccounting();
            spend("ada", 0, "9");
            for (int week = 1; week <= 4; week++) {
                spend("ada", week, "1");
            }
            long now = System.currentTimeMillis();
            usage.publish(
                    new Fact.Noticed("notice_1", "ada", NoticeKind.FORBIDDEN_TOOL, 1, now, now),
                    new Fact.Noticed("notice_2", "ada", NoticeKind.STRANGE_ADDRESS, 1, now, now),
                    new Fact.Noticed("notice_3", "ada", NoticeKind.RATE_LIMIT, 12, now, now),
                    new Fact.Noticed("notice_4", "bob", NoticeKind.BUDGET_EXCEEDED, 1, now, now));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    rows(
                                            "select kind, subject, state, attempts from laneway.alerts"
                                                    + " join laneway.alert_deliveries using (alert_id) where channel = 'hook' order by 1, 2"))
                            .containsExactly(
                                    "budget|key/ada/budget|delivered|1",
                                    "ledger_lag|ledger|delivered|2",
                                    "spend|global|delivered|1",
                                    "spend|key/ada|delivered|1",
                                    "violations|key/ada|delivered|2"));

            await().atMost(SOON)
                    .until(() ->
                            rows("select 1 from laneway.alerts where silenced").size() == 1);
            assertThat(deliveries)
                    .filteredOn(delivery -> !delivery.kind().equals("violations"))
                    .extracting(Delivery::subject)
                    .containsExactlyInAnyOrder("key/ada/budget", "global", "key/ada", "ledger");
            assertThat(deliveries)
                    .filteredOn(delivery -> delivery.kind().equals("violations"))
                    .hasSize(2)
                    .extracting(Delivery::id)
                    .containsOnly(deliveries.stream()
                            .filter(delivery -> delivery.kind().equals("violations"))
                            .findFirst()
                            .orElseThrow()
                            .id());
            Webhook verifier = new Webhook(SECRET);
            for (Delivery delivery : deliveries) {
                verifier.verify(delivery.body(), delivery.headers());
            }
            assertThat(rows(
                            "select attempt, status, failure from laneway.alert_attempts join laneway.alerts using (alert_id)"
                                    + " where kind = 'violations' and channel = 'hook' order by attempt"))
                    .containsExactly("1|500|refused", "2|204|null");
            assertThat(rows("select distinct state from laneway.alert_deliveries where channel = 'dead'"))
                    .containsExactly("due");
            assertThat(one.metric("laneway_alerts_raised_total") + other.metric("laneway_alerts_raised_total"))
                    .isEqualTo(5);
            assertThat(listed("budget_refusals", 1)).singleElement().satisfies(alert -> {
                assertThat(alert.subject()).isEqualTo("key/bob");
                assertThat(alert.silenced()).isTrue();
                assertThat(alert.deliveries()).isEmpty();
            });
            assertThat(listed("violations", 2))
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.deliveries())
                            .extracting(
                                    AlertEntry.Delivery::channel,
                                    AlertEntry.Delivery::state,
                                    AlertEntry.Delivery::status)
                            .contains(tuple("hook", "delivered", 204)));
            assertThat(listed(null, 3)).hasSize(3);
        }
    }

    /** Those that the other test does not provoke, and spend of more keys than there are connections. */
    @Test
    void shouldTellOfEveryKind() throws Exception {
        Files.writeString(file, AccountingProcess.config("llama") + """
                alerts:
                  channels:
                    hook: {webhook: os.environ/HOOK_URL, secret: os.environ/HOOK_SECRET}
                  rules:
                    - {kind: fallbacks, threshold: 3}
                    - {kind: slow_calls, threshold: 2}
                """);
        long now = System.currentTimeMillis();
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON).until(() -> accounting.metric("laneway_control_writer") == 1);
            usage.publish(attempt("late", 0, null, now - 120_000));
            await().atMost(SOON)
                    .until(() ->
                            deliveries.stream().anyMatch(told -> told.kind().equals("ledger_lag")));
            for (int key = 0; key < 15; key++) {
                spend("key_" + key, 0, "6");
                spend("key_" + key, 5, "0.01");
            }
            for (int request = 0; request < 10; request++) {
                usage.publish(
                        attempt("req_" + request, 0, FailureKind.SERVER_ERROR, now),
                        attempt("req_" + request, 1, null, now));
            }
            usage.publish(
                    new Fact.Noticed("notice_1", "ada", NoticeKind.UNCOUNTED, 7, now, now),
                    new Fact.Ended(
                            subject("req_x"), now, Fact.Terminal.failed(FailureKind.BUDGET_EXCEEDED, 429, 0, 0)));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deliveries)
                            .extracting(told -> told.kind() + " " + told.subject())
                            .contains(
                                    "fallbacks deployment/d_0",
                                    "provider_errors provider/openai",
                                    "slow_calls deployment/d_0",
                                    "slow_calls deployment/d_1",
                                    "redis_open redis",
                                    "budget_refusals key/ada",
                                    "spend global",
                                    "spend key/key_0",
                                    "spend key/key_14"));
            assertThat(deliveries).extracting(Delivery::id).doesNotHaveDuplicates();
        }
    }

    /** Of what a half hour of UTC belongs to the day before, the ledger's hours don't tell. */
    @Test
    void shouldCountADayThatBeginsWithinAnHour() throws Exception {
        Files.writeString(file, AccountingProcess.config("llama") + """
                api_keys:
                  - key: os.environ/ADAS_KEY
                    name: ada
                    budgets: [{name: day, limit: 10, period: 1d, time_zone: Asia/Kolkata, thresholds: [90]}]
                holders:
                  - {scope: tag, id: night, budgets: [{name: day, limit: 2, period: 1d, time_zone: Asia/Kolkata}]}
                  - {scope: provider, id: ollama, budgets: [{name: day, limit: 8, period: 1d, time_zone: Asia/Kolkata}]}
                alerts:
                  channels:
                    hook: {webhook: os.environ/HOOK_URL, secret: os.environ/HOOK_SECRET}
                """);
        Instant midnight = LocalDate.now(ZoneId.of("Asia/Kolkata"))
                .atStartOfDay(ZoneId.of("Asia/Kolkata"))
                .toInstant();
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON).until(() -> accounting.metric("laneway_control_writer") == 1);
            entry("req_before", midnight.minusSeconds(60), "100");
            entry("req_after", midnight.plusSeconds(60), "1.5");
            query(
                    "insert into laneway.cost_hours values ('', 'ada', '" + midnight.plusSeconds(1_800)
                            + "', '', '', 'llama', 'routine', 'llama', 'llama', 'ollama', 1, 1, 0, 1, 1, 0, 0, 0, 8000000000000, 0, 0)");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(deliveries)
                            .extracting(told -> told.subject() + " "
                                    + new JsonObject(told.body())
                                            .getJsonObject("data")
                                            .getJsonObject("details")
                                            .getDouble("spent_usd"))
                            .containsExactlyInAnyOrder(
                                    "key/ada/day 9.5", "tag/night/day 1.5", "provider/ollama/day 8.0"));
        }
    }

    private void entry(String request, Instant at, String dollars) throws Exception {
        query(
                "insert into laneway.ledger_entries (attempt_id, kind, request_id, owner, tags, route, lane, request_zone, class, deployment,"
                        + " outcome, vendor_status, cost_picos, estimated, late, accepted_at, ended_at, usage_partition, usage_offset) values ('"
                        + request + ":0:0', 'actual', '" + request
                        + "', 'ada', array['night', 'other'], 'llama', 'routine', 'cloud', 'interactive', 'd_0', 'succeeded', 200, "
                        + dollars + "::numeric * 1000000000000, false, false, '" + at + "', '" + at.plusSeconds(5)
                        + "', 0, 0)");
    }

    private static Fact attempt(String request, int hop, FailureKind failure, long endedAt) {
        return new Fact.Attempted(
                subject(request),
                request + ":" + hop + ":0",
                "d_" + hop,
                "llama",
                "openai",
                "openai-1",
                "gpt",
                Zone.CLOUD,
                "eu",
                failure == null ? Outcome.SUCCEEDED : Outcome.FAILED,
                failure,
                0,
                true,
                null,
                endedAt - 2_001,
                0,
                endedAt,
                failure == null ? new Fact.Terminal(Status.COMPLETED, 200, null, 1, 0, "t", 0, 0, 0) : null,
                false);
    }

    private static Fact.Subject subject(String request) {
        return new Fact.Subject(
                request, "ada", "llama", "routine", Zone.CLOUD, WorkClass.INTERACTIVE, System.currentTimeMillis());
    }

    @Test
    void shouldTellOfWhatGoesOnAfterASilence() throws Exception {
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON).until(() -> accounting.metric("laneway_control_writer") == 1);
            query("insert into laneway.alerts values ('alert_1', 'fallbacks', 'fallbacks', 'deployment/d_0', 0,"
                    + " now() - interval '1 hour', 'many', 'many', '{}', true, now() - interval '1 minute')");
            long now = System.currentTimeMillis();
            for (int request = 0; request < 20; request++) {
                usage.publish(
                        attempt("req_" + request, 0, FailureKind.RATE_LIMITED, now),
                        attempt("req_" + request, 1, null, now));
            }

            await().atMost(SOON)
                    .until(() ->
                            deliveries.stream().anyMatch(told -> told.kind().equals("fallbacks")));
        }
    }

    @Test
    void shouldTellNobodyWhileASilenceHoldsWhicheverAccountingLooks() throws Exception {
        long now = System.currentTimeMillis();
        Control.Silence silence = new Control.Silence(
                0, "silence_1", "fallbacks", "deployment/*", now, now + 600_000, "a test", "master", false, null, now);
        try (AccountingProcess accounting = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON).until(() -> accounting.metric("laneway_control_writer") == 1);
            ask(new Command("cmd_1", "master", Command.Action.CREATE, now, now + 60_000, 0, silence));
            await().atMost(SOON)
                    .until(
                            () -> rows("select action, kind, id, actor from laneway.audit"),
                            List.of("create|silence|silence_1|master")::equals);
        }
        try (AccountingProcess another = AccountingProcess.start(servers, file, environment)) {
            await().atMost(SOON).until(() -> another.metric("laneway_control_writer") == 1);
            for (int request = 0; request < 20; request++) {
                usage.publish(
                        attempt("req_" + request, 0, FailureKind.RATE_LIMITED, now),
                        attempt("req_" + request, 1, null, now));
            }

            await().atMost(SOON).until(() -> !listed("fallbacks", 9).isEmpty());

            assertThat(listed("fallbacks", 9)).singleElement().satisfies(alert -> {
                assertThat(alert.silenced()).isTrue();
                assertThat(alert.silencedBy()).isEqualTo("silence_1");
                assertThat(alert.deliveries()).isEmpty();
            });
        }
    }

    /** As an ingress asks. */
    private void ask(Command command) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Brokers.client(servers.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    Topics.COMMANDS, command.key(), EventCodec.of(Command.class).encode(command)));
        }
    }

    /** As admins see them. */
    private List<AlertEntry> listed(String kind, int limit) throws Exception {
        return AlertDatabase.open(vertx, DatabaseUrl.parse(servers.databaseUrl()))
                .find(new AlertLog.Question(kind, null, 0, null, limit))
                .await(10, TimeUnit.SECONDS);
    }

    /** An alert whose deliverer died while it had the lease. */
    private void leftByADeadAccounting() throws Exception {
        query(
                "insert into laneway.alerts values ('alert_1', 'ledger_lag', 'ledger_lag', 'ledger', 0, now(), 'behind', 'behind',"
                        + " '{}', false, now())");
        query(
                "insert into laneway.alert_deliveries values ('alert_1', 'hook', 'due', 1, now(), now() + interval '3 seconds', null)");
    }

    private void spend(String owner, int weeksAgo, String dollars) throws Exception {
        query("insert into laneway.cost_hours values ('', '" + owner + "', date_trunc('hour', now()) - interval '"
                + weeksAgo
                + " weeks', '', '', 'llama', 'routine', 'llama', 'llama', 'ollama', 1, 1, 0, 1, 1, 0, 0, 0, " + dollars
                + "::numeric * 1000000000000, 0, 0)");
    }

    private void query(String sql) throws Exception {
        database.query(sql).execute().await(10, TimeUnit.SECONDS);
    }

    private List<String> rows(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        database.query(sql).execute().await(10, TimeUnit.SECONDS).forEach(row -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(String.valueOf(row.getValue(i)));
            }
            rows.add(String.join("|", values));
        });
        return rows;
    }
}
