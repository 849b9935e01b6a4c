package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Zone;
import dev.laneway.testkit.faults.CallMatch;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultRule;
import dev.laneway.testkit.faults.RetryAfter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three ways to make private work leave the network: a config that lets it, events that claim it, and a failure that asks for it. The
 * simulator's log is the judge: the cloud's model was called for nobody but those who asked for it openly.
 */
class PrivacyAttackIT extends OneGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String ROUTER_FENCED = "laneway_router_fenced_total";
    private static final String WORKER_RETURNED = "laneway_worker_returned_total";

    private final List<String> open = new ArrayList<>();
    private Forgery forger;

    /** A change to a config that makes it leak. */
    record Leak(String name, String from, String to) {
        String in(String config) {
            assertThat(config).contains(from);
            return config.replace(from, to);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What a forged attempt lies about. */
    enum Lie {
        DEPLOYMENT,
        ZONE,
        LANE,
        ACCOUNT,
        REPLY
    }

    @Override
    String config() {
        return "model_list:\n"
                + Configs.local("home", "homemodel", simulator.baseUrl())
                + Configs.openAi("cloudy", "cloudmodel", simulator.baseUrl())
                + Configs.openAi("openai/*", "*", simulator.baseUrl()).replace("openai/*\n", "\"openai/*\"\n")
                + """
                lanes:
                  private: {privacy: local_only, purpose: "nothing of it leaves"}
                  premium: {privacy: cloud_allowed}
                routes:
                  secure: {lane: private, chain: [home]}
                  open: {lane: premium, chain: [cloudy]}
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 30}
                """;
    }

    static Stream<Leak> leaks() {
        String routes = "routes:\n";
        String router = "{num_retries: 0}";
        String litellm = "{request_timeout: 30}";
        return Stream.of(
                new Leak("chain", "chain: [home]", "chain: [home, cloudy]"),
                new Leak(
                        "group",
                        "lanes:\n",
                        "  - {model_name: home, litellm_params: {model: openai/cloudmodel, api_key: os.environ/SIM_KEY}}\nlanes:\n"),
                new Leak("chain that is never gone down", "[home]}", "[home, cloudy], fallback: never}"),
                new Leak("fallbacks", router, "{num_retries: 0, fallbacks: [{secure: [cloudy]}]}"),
                new Leak("fallbacks of a deployment", litellm, "{request_timeout: 30, fallbacks: [{home: [cloudy]}]}"),
                new Leak("default fallbacks", litellm, "{request_timeout: 30, default_fallbacks: [cloudy]}"),
                new Leak(
                        "context window",
                        litellm,
                        "{request_timeout: 30, context_window_fallbacks: [{secure: [cloudy]}]}"),
                new Leak(
                        "alias",
                        router,
                        "{num_retries: 0, fallbacks: [{home: [away]}], model_group_alias: {away: cloudy}}"),
                new Leak(
                        "wildcard",
                        routes,
                        "  reserve: {privacy: local_only}\nroutes:\n  sly: {lane: reserve, chain: [openai/any]}\n"),
                new Leak("route that says otherwise", routes, routes + "  sly: {lane: private, chain: [cloudy]}\n"));
    }

    @BeforeAll
    void getReadyToForge() {
        forger = new Forgery(gateway.kafka(), config());
    }

    @AfterEach
    void nothingPrivateLeft() {
        assertThat(simulator.calls())
                .filteredOn(call -> call.model().equals("cloudmodel"))
                .allSatisfy(call -> assertThat(open).contains(requestOf(call.attemptId())));
        simulator.faults(List.of());
    }

    @AfterAll
    void stopForging() {
        if (forger != null) {
            forger.close();
        }
    }

    /** Requests that nobody accepted have ends too, so only calls, facts and ledger are compared. */
    @Override
    void holdTheLogsAgainstEachOther() {
        assertThat(simulator.calls()).isNotEmpty();
        oracle.checkCalls();
    }

    private static String requestOf(String attemptId) {
        return attemptId.substring(0, attemptId.indexOf(':'));
    }

    private double metric(String name, String... tags) throws Exception {
        return Metrics.of(gateway, name, tags);
    }

    private void awaitMore(double than, String name, String... tags) {
        await().atMost(PATIENCE).until(() -> metric(name, tags) > than);
    }

    private boolean wasCalled(Request request) {
        return simulator.calls().stream().anyMatch(call -> call.attemptId().startsWith(request.id() + ":"));
    }

    /** Without it the tests here would pass with a cloud that can't be reached at all. */
    @Test
    void shouldReachTheCloudForWhoAsksForIt() throws Exception {
        HttpResponse<String> response = Http.chat(gateway, Http.question("open"));
        open.add(Http.header(response, "x-request-id"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(lastCall().model()).isEqualTo("cloudmodel");
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void shouldNotStartWithALeak(Leak leak, @TempDir Path folder) {
        String config = leak.in(config());

        assertThatThrownBy(() -> InOneJvm.start(servers, config, folder).close())
                .hasMessageContaining("laneway.yaml:")
                .hasMessageContaining("would leave the network")
                .hasMessageMatching("(?s).*lane (private|reserve) is local_only.*")
                .hasMessageMatching("(?s).*route (secure|sly) -> .*openai/.* \\(cloud, line.*");
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void shouldKeepTheOldConfigWhereTheNewOneLeaks(Leak leak) throws Exception {
        double refused = metric("laneway_control_config_refused_total");
        double published = metric("laneway_control_config_published_total");

        Files.writeString(gateway.configFile(), leak.in(config()));
        awaitMore(refused, "laneway_control_config_refused_total");
        HttpResponse<String> healthy = Http.chat(gateway, Http.question("secure"));
        simulator.faults(List.of(
                FaultRule.first(1, CallMatch.model("homemodel"), new Fault.Status(400, new RetryAfter.None()))));
        HttpResponse<String> failing = Http.chat(gateway, Http.question("secure"));
        Files.writeString(gateway.configFile(), config());

        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(Http.header(healthy, "x-laneway-zone")).isEqualTo("local");
        assertThat(failing.statusCode()).isEqualTo(400);
        assertThat(metric("laneway_control_config_published_total")).isEqualTo(published);
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void shouldNotCallTheCloudForAForgedAttempt(Lie lie) throws Exception {
        String account = forger.deployment("home").account();
        Attempt forged = switch (lie) {
            case DEPLOYMENT ->
                forger.attempt(forger.request("secure", "private", Zone.LOCAL, Zone.LOCAL), account, "cloudy");
            case ZONE -> forger.attempt(forger.request("secure", "private", Zone.CLOUD, Zone.CLOUD), account, "cloudy");
            case LANE -> forger.attempt(forger.request("open", "premium", Zone.LOCAL, Zone.LOCAL), account, "cloudy");
            case ACCOUNT ->
                forger.attempt(
                        forger.request("secure", "private", Zone.LOCAL, Zone.LOCAL),
                        forger.deployment("cloudy").account(),
                        "cloudy");
            case REPLY -> forger.attempt(forger.request("secure", "private", Zone.LOCAL, Zone.CLOUD), account, "home");
        };
        double returned = metric(WORKER_RETURNED, "zone=\"local\"", "kind=\"zone_refused\"");

        forger.publishPrivately(forged, account);

        awaitMore(returned, WORKER_RETURNED, "zone=\"local\"", "kind=\"zone_refused\"");
        assertThat(wasCalled(forged.request())).isFalse();
    }

    @Test
    void shouldNotTakeTheForgedNextHopOfAFailure() throws Exception {
        Request request = forger.request("secure", "private", Zone.LOCAL, Zone.LOCAL);
        double fenced = metric(ROUTER_FENCED, "zone=\"local\"", "reason=\"deployment\"");
        double ended = metric("laneway_router_ended_total", "zone=\"local\"");

        forger.publishPrivateFailure(
                forger.attempt(request, forger.deployment("home").account(), "home", "cloudy"));

        awaitMore(fenced, ROUTER_FENCED, "zone=\"local\"", "reason=\"deployment\"");
        awaitMore(ended, "laneway_router_ended_total", "zone=\"local\"");
        assertThat(wasCalled(request)).isFalse();
    }

    @Test
    void shouldNotTakeTheForgedNextHopOfAnAttemptThatReallyFails() throws Exception {
        Request request = forger.request("secure", "private", Zone.LOCAL, Zone.LOCAL);
        String account = forger.deployment("home").account();
        double fenced = metric(ROUTER_FENCED, "zone=\"local\"", "reason=\"deployment\"");
        simulator.faults(List.of(
                FaultRule.first(1, CallMatch.model("homemodel"), new Fault.Status(500, new RetryAfter.None()))));

        forger.publishPrivately(forger.attempt(request, account, "home", "cloudy"), account);

        awaitMore(fenced, ROUTER_FENCED, "zone=\"local\"", "reason=\"deployment\"");
        assertThat(simulator.calls())
                .filteredOn(call -> call.attemptId().startsWith(request.id() + ":"))
                .extracting(call -> call.model())
                .containsExactly("homemodel");
    }

    @Test
    void shouldNotPlanACloudRouteForPrivateWork() throws Exception {
        Request request = forger.request("open", "private", Zone.LOCAL, Zone.LOCAL);
        double fenced = metric(ROUTER_FENCED, "zone=\"local\"");

        forger.publishPrivately(request);

        awaitMore(fenced, ROUTER_FENCED, "zone=\"local\"");
        assertThat(wasCalled(request)).isFalse();
    }

    @Test
    void shouldHaveNoTopicForPrivateWorkAtACloudAccount() throws Exception {
        try (Admin admin = Admin.create(gateway.kafka())) {
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
                    .anyMatch(topic -> topic.startsWith("lw.local.attempts."))
                    .noneMatch(topic -> topic.startsWith(
                            "lw.local.attempts." + forger.deployment("cloudy").account()));
        }
    }
}
