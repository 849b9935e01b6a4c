package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Principal;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.router.RouterRole;
import dev.laneway.router.RouterRoleSettings;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.runtime.role.RunningRole;
import dev.laneway.testkit.calls.Call;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two routers of one group before deployments with limits; each test has deployments of its own. */
class DeploymentLimitsIT extends OneGateway {
    private static final int LIMIT = 6;
    private static final int ASKED = 30;

    private final Meters second = Meters.create();
    private RunningRole router;

    @Override
    String config() {
        String url = simulator.baseUrl();
        return "model_list:\n"
                + deployment("narrow", "sim-narrow", url)
                + deployment("wide", "sim-wide", url)
                + deployment("alone", "sim-alone", url)
                + deployment("held", "sim-held~tokens=20", url)
                + deployment("parallel", "sim-parallel~ttft=1500", url)
                + Configs.openAi("twins", "sim-large", url).replace("timeout: 3", "tpm: 100000, timeout: 3")
                + Configs.openAi("twins", "sim-small", url).replace("timeout: 3", "tpm: 1500, timeout: 3")
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  narrow-first: {lane: premium, chain: [narrow, wide]}
                  alone: {lane: premium, chain: [alone]}
                  held: {lane: premium, chain: [held]}
                  parallel: {lane: premium, chain: [parallel]}
                  twins: {lane: premium, chain: [twins]}
                router_settings: {num_retries: 0, routing_strategy: usage-based-routing-v2}
                holders:
                  - {scope: deployment, id: the-narrow, rpm_limit: %d}
                  - {scope: deployment, id: the-alone, rpm_limit: 1}
                  - {scope: deployment, id: the-held, tpm_limit: 2000}
                  - {scope: deployment, id: the-parallel, max_parallel_requests: 2}
                """.formatted(LIMIT);
    }

    private static String deployment(String name, String model, String url) {
        return Configs.openAi(name, model, url) + "    model_info: {id: the-" + name + "}\n";
    }

    @Override
    Gateway start(Path folder) throws Exception {
        Gateway first = super.start(folder);
        ControlView control = ControlView.open(
                        vertx,
                        servers.kafka().as(Principal.ROUTER_CLOUD),
                        "second",
                        text -> new ConfigLoader(new Known(), false).parse(text, "test", Environment.of(Map.of())))
                .await(30, TimeUnit.SECONDS);
        router = new RouterRole(RouterRoleSettings.defaults())
                .start(new RoleContext(
                        vertx,
                        new RoleContext.Node(UUID.randomUUID().toString(), "here"),
                        servers,
                        control,
                        Environment.of(Map.of()),
                        () -> SecretValues.NONE,
                        second))
                .await(60, TimeUnit.SECONDS);
        return first;
    }

    @Override
    void holdTheLogsAgainstEachOther() throws Exception {
        try {
            super.holdTheLogsAgainstEachOther();
        } finally {
            router.drain(Duration.ofSeconds(5)).await(20, TimeUnit.SECONDS);
            second.close();
        }
    }

    private static final class Known implements Providers {
        @Override
        public @Nullable ProviderRow find(String prefix) {
            return ProviderCatalogue.find(prefix);
        }

        @Override
        public Collection<ProviderRow> all() {
            return ProviderCatalogue.all();
        }
    }

    private List<HttpResponse<String>> ask(String route, int times) throws Exception {
        List<Future<HttpResponse<String>>> asked = new ArrayList<>();
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(10)) {
            for (int i = 0; i < times; i++) {
                asked.add(clients.submit(() -> Http.chat(gateway, Http.question(route))));
            }
            for (Future<HttpResponse<String>> each : asked) {
                answers.add(each.get());
            }
        }
        return answers;
    }

    private List<Call> calls(String model) {
        return simulator.calls().stream()
                .filter(call -> call.model().startsWith(model))
                .toList();
    }

    @Test
    void shouldCallADeploymentNoMoreThanItsLimitAndShowTheFallbacks() throws Exception {
        List<HttpResponse<String>> answers = ask("narrow-first", ASKED);

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(calls("sim-narrow")).hasSize(LIMIT);
        assertThat(calls("sim-wide")).hasSize(ASKED - LIMIT);
        assertThat(answers.stream()
                        .filter(answer ->
                                Http.header(answer, "x-laneway-fallbacks").equals("1")))
                .hasSize(ASKED - LIMIT)
                .allMatch(answer -> Http.header(answer, "x-laneway-attempts").equals("1"));
        assertThat(second.scrape().lines())
                .as("what the second router published")
                .anyMatch(line -> line.startsWith("laneway_router_attempts_total"));
    }

    @Test
    void shouldSayWhenThereIsRoomWhereNothingElseCanTakeIt() throws Exception {
        Http.chat(gateway, Http.question("alone"));

        HttpResponse<String> refused = Http.chat(gateway, Http.question("alone"));

        assertThat(refused.statusCode()).isEqualTo(429);
        JsonNode error = Http.json(refused).get("error");
        assertThat(error.get("code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(error.get("message").asText()).contains("1 requests per minute");
        assertThat(Integer.parseInt(Http.header(refused, "retry-after"))).isBetween(30, 62);
        assertThat(calls("sim-alone")).hasSize(1);
    }

    @Test
    void shouldCountWhatTheVendorReportedAndShowThatToAnAdmin() throws Exception {
        Http.chat(gateway, Http.question("held"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode limit = limit("held");
            assertThat(limit.get("scope").asText()).isEqualTo("deployment");
            assertThat(limit.get("kind").asText()).isEqualTo("tokens_per_minute");
            assertThat(limit.get("used").asLong())
                    .isEqualTo(calls("sim-held").getFirst().usage().total());
        });
    }

    @Test
    void shouldMakeNoMoreCallsAtOnceAndGiveThePlacesBack() throws Exception {
        List<HttpResponse<String>> answers = ask("parallel", 6);

        assertThat(answers.stream().map(HttpResponse::statusCode)).contains(200).containsOnly(200, 429);
        assertThat(calls("sim-parallel")).allMatch(call -> underWay(call.started()) <= 2);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> limit("parallel").get("used").asLong() == 0);
    }

    @Test
    void shouldTakeTheDeploymentOfWhichTheSmallestShareIsUsed() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(Http.chat(gateway, Http.question("twins")).statusCode()).isEqualTo(200);
        }

        assertThat(calls("sim-small")).hasSizeLessThan(4);
        assertThat(calls("sim-large")).hasSizeGreaterThan(6);
    }

    private long underWay(Instant at) {
        return calls("sim-parallel").stream()
                .filter(call -> !call.started().isAfter(at)
                        && at.isBefore(call.started()
                                .plus(call.endMicros().orElse(Long.MAX_VALUE / 2_000), ChronoUnit.MICROS)))
                .count();
    }

    private JsonNode limit(String model) throws Exception {
        for (JsonNode limit : Http.json(Http.get(gateway, "/rate_limit_status")).get("limits")) {
            if (limit.path("model").asText().equals(model)) {
                return limit;
            }
        }
        throw new AssertionError("no limit of " + model);
    }
}
