package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The config changes while requests are under way: each ends well, and none goes where neither config would have let it. */
class ReloadInFlightIT extends OneGateway {
    private static final int CLIENTS = 6;
    private static final int AT_LEAST = 100;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final String LANES = """
            lanes:
              private: {privacy: local_only}
              routine: {privacy: local_first, approved: [%s]}
              premium: {privacy: cloud_allowed}
            """;

    private static final String SETTINGS = """
            router_settings: {num_retries: 0}
            litellm_settings: {request_timeout: 30}
            """;

    /** A request and its answer. */
    private record Answered(String route, HttpResponse<String> response) {
        String id() {
            return Http.header(response, "x-request-id");
        }
    }

    @Override
    String config() {
        return "model_list:\n"
                + Configs.local("home", "oldhome", simulator.baseUrl())
                + Configs.local("home-down", "sim-fault-500", simulator.baseUrl())
                + Configs.openAi("old-cloud", "oldcloud", simulator.baseUrl())
                + Configs.openAi("old-paced", "oldpaced~ttft=30~gap=25~chunks=160", simulator.baseUrl())
                + LANES.formatted("old-cloud")
                + """
                routes:
                  secure: {lane: private, chain: [home]}
                  smart: {lane: premium, chain: [old-cloud]}
                  notes: {lane: routine, chain: [home-down, old-cloud]}
                  paced: {lane: premium, chain: [old-paced]}
                """
                + SETTINGS;
    }

    /** The same routes over other deployments, one of them under an account, and so on topics, of its own. */
    private String replaced() {
        return "model_list:\n"
                + Configs.local("house", "newhome", simulator.baseUrl())
                + Configs.openAi("new-cloud", "newcloud", simulator.baseUrl())
                + "    model_info: {account: another}\n"
                + Configs.openAi("new-paced", "newpaced~ttft=30~gap=25~chunks=160", simulator.baseUrl())
                + LANES.formatted("new-cloud")
                + """
                routes:
                  secure: {lane: private, chain: [house]}
                  smart: {lane: premium, chain: [new-cloud]}
                  notes: {lane: routine, chain: [house, new-cloud]}
                  paced: {lane: premium, chain: [new-paced]}
                """
                + SETTINGS;
    }

    @BeforeEach
    void begin() throws Exception {
        assertThat(Http.chat(gateway, Http.question("smart")).statusCode()).isEqualTo(200);
    }

    private boolean isInForce() {
        Set<String> models =
                simulator.calls().stream().map(call -> call.model()).collect(Collectors.toSet());
        return models.containsAll(Set.of("newhome", "newcloud"));
    }

    /** Asks the routes in turn, until the change is seen, and a good while longer. */
    private List<Answered> askOn(List<String> routes) throws Exception {
        List<Answered> answers = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        int more = AT_LEAST / CLIENTS;
        for (int i = 0; more > 0 && System.nanoTime() < end; i++) {
            String route = routes.get(i % routes.size());
            answers.add(new Answered(route, Http.chat(gateway, Http.question(route, i % 2 == 0))));
            if (isInForce()) {
                more--;
            }
        }
        return answers;
    }

    private List<Answered> whileItChangesTo(String config, List<String> routes) throws Exception {
        List<Answered> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<List<Answered>>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                asking.add(clients.submit(() -> askOn(routes)));
            }
            Files.writeString(gateway.configFile(), config);
            for (Future<List<Answered>> each : asking) {
                answers.addAll(each.get());
            }
        }
        return answers;
    }

    private Map<String, Set<String>> modelsByRoute(List<Answered> answers) {
        Map<String, String> routes = answers.stream().collect(Collectors.toMap(Answered::id, Answered::route));
        return simulator.calls().stream()
                .filter(call -> routes.containsKey(requestOf(call.attemptId())))
                .collect(Collectors.groupingBy(
                        call -> routes.get(requestOf(call.attemptId())),
                        Collectors.mapping(call -> call.model(), Collectors.toSet())));
    }

    private static String requestOf(String attemptId) {
        return attemptId.substring(0, attemptId.indexOf(':'));
    }

    private static void allEndedWell(List<Answered> answers) {
        assertThat(answers).hasSizeGreaterThan(AT_LEAST);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.response().statusCode())
                        .as(answer.route() + ": " + answer.response().body())
                        .isEqualTo(200));
        assertThat(answers)
                .filteredOn(
                        answer -> Http.header(answer.response(), "content-type").startsWith("text/event-stream"))
                .isNotEmpty()
                .allSatisfy(answer ->
                        assertThat(Sse.data(answer.response().body())).last().isEqualTo("[DONE]"));
    }

    @Test
    void shouldFinishEverythingWhileDeploymentsAreReplaced() throws Exception {
        try (ExecutorService listener = Executors.newSingleThreadExecutor()) {
            Future<HttpResponse<String>> stream =
                    listener.submit(() -> Http.chat(gateway, Http.question("paced", true)));

            List<Answered> answers = whileItChangesTo(replaced(), List.of("secure", "smart", "notes"));

            allEndedWell(answers);
            Map<String, Set<String>> models = modelsByRoute(answers);
            assertThat(models.get("secure")).containsExactlyInAnyOrder("oldhome", "newhome");
            assertThat(models.get("smart")).containsExactlyInAnyOrder("oldcloud", "newcloud");
            assertThat(models.get("notes")).isSubsetOf("sim-fault-500", "oldcloud", "newhome", "newcloud");
            assertThat(Sse.data(stream.get().body()))
                    .hasSizeGreaterThan(160)
                    .last()
                    .isEqualTo("[DONE]");
        }
    }
}
