package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.calls.Call;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams that break off after their first token on routes that continue them: whichever vendor breaks off and however, whichever goes on,
 * the client reads the answer once, whole, without a gap or a repetition. Models are told apart by how much they repeat. All cells are
 * asked at once, before the tests.
 */
abstract class ContinuationContract extends OneGateway {
    private static final List<String> FAULTS = List.of("cut", "reset", "stall", "truncated-json", "error-mid-stream");
    private static final List<Cell> CELLS = cells();
    /** Few: the first ones meet a cold gateway. */
    private static final int CLIENTS = 12;

    private static final String GOES_ON = "x-laneway-continued-by: ";

    private final Map<Cell, HttpResponse<String>> answers = new HashMap<>();
    private String whole;

    /** @param repeats whether the model that goes on repeats some words, where it is only told to */
    record Cell(String fault, Side first, Side second, Side client, boolean repeats) {
        String route() {
            return (fault + "-" + first + "-" + second + "-" + client + (repeats ? "-again" : ""))
                    .toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return route();
        }
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String fault : FAULTS) {
            for (Side first : Side.values()) {
                for (Side second : Side.values()) {
                    for (Side client : Side.values()) {
                        cells.add(new Cell(fault, first, second, client, false));
                        if (second == Side.OPENAI) {
                            cells.add(new Cell(fault, first, second, client, true));
                        }
                    }
                }
            }
        }
        return cells;
    }

    static Stream<Cell> all() {
        return CELLS.stream();
    }

    @Override
    String config() {
        StringBuilder models = new StringBuilder("model_list:\n");
        StringBuilder routes = new StringBuilder("routes:\n");
        models.append(deployment("whole", Side.OPENAI, "sim"));
        routes.append("  whole: {lane: premium, chain: [whole]}\n");
        for (Cell cell : CELLS) {
            models.append(deployment(cell.route() + "-1", cell.first(), "sim-fault-" + cell.fault() + "~at=5"));
            models.append(deployment(cell.route() + "-2", cell.second(), cell.repeats() ? "sim~repeat=2" : "sim"));
            routes.append(route(cell.route(), cell.route() + "-1", cell.route() + "-2"));
        }
        for (String client : List.of("openai", "anthropic")) {
            for (int i = 1; i <= 3; i++) {
                Side side = i == 2 ? Side.OPENAI : Side.ANTHROPIC;
                models.append(deployment("broken-" + client + i, side, "sim-fault-cut~at=3"));
                models.append(deployment("hopeless-" + client + i, side, "sim-fault-cut~at=3"));
            }
            models.append(deployment("good-" + client, Side.OPENAI, "sim"));
            routes.append(route(
                    "thrice-" + client,
                    "broken-" + client + "1",
                    "broken-" + client + "2",
                    "broken-" + client + "3",
                    "good-" + client));
            routes.append(route("hopeless-" + client, "hopeless-" + client + "1", "hopeless-" + client + "2"));
        }
        models.append(deployment("shaped-1", Side.OPENAI, "sim-fault-cut~at=3"));
        models.append(deployment("large-1", Side.OPENAI, "sim-fault-cut~at=3~context=1000000"));
        models.append(deployment("large-2", Side.ANTHROPIC, "sim~context=1000000"));
        models.append(deployment("silent-1", Side.OPENAI, "sim-fault-cut~at=3"));
        models.append(deployment("silent-2", Side.OPENAI, "sim-fault-empty"));
        models.append(deployment("silent-3", Side.ANTHROPIC, "sim"));
        models.append(deployment("counted-1", Side.OPENAI, "sim-fault-truncated-json~at=3"));
        models.append(deployment("counted-2", Side.OPENAI, "sim"));
        routes.append(route("counted", "counted-1", "counted-2"));
        routes.append(route("shaped", "shaped-1", "whole"));
        routes.append(route("large", "large-1", "large-2"));
        routes.append(route("silent", "silent-1", "silent-2", "silent-3"));
        return models + "lanes: {premium: {privacy: cloud_allowed}}\n" + routes + """
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 60}
                """;
    }

    private static String route(String name, String... chain) {
        return "  %s: {lane: premium, chain: [%s], continue_streams: true}\n".formatted(name, String.join(", ", chain));
    }

    private String deployment(String name, Side vendor, String model) {
        String entry = switch (vendor) {
            case OPENAI -> Configs.openAi(name, model, simulator.baseUrl());
            case ANTHROPIC -> Configs.anthropic(name, model, simulator.baseUrl());
        };
        return entry.replace("timeout: 3, stream_timeout: 2", "timeout: 20, stream_timeout: 2");
    }

    @BeforeAll
    void askAll() throws Exception {
        HttpResponse<String> unbroken = Side.OPENAI.ask(gateway, "whole", true);
        whole = Side.OPENAI.streamed(Sse.data(unbroken.body()));
        assertThat(whole).isNotBlank();
        Map<Cell, Future<HttpResponse<String>>> asked = new HashMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Cell cell : CELLS) {
                asked.put(cell, clients.submit(() -> cell.client().ask(gateway, cell.route(), true)));
            }
            for (Map.Entry<Cell, Future<HttpResponse<String>>> each : asked.entrySet()) {
                answers.put(each.getKey(), each.getValue().get());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldBeReadOnceAndWhole(Cell cell) throws Exception {
        HttpResponse<String> answer = answers.get(cell);

        isWhole(cell.client(), answer);
        assertThat(answer.body()).containsOnlyOnce(GOES_ON);
        assertThat(callsOf(answer)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldGoOnWithWhatSeveralBrokenStreamsSaid(Side client) throws Exception {
        HttpResponse<String> answer =
                client.ask(gateway, "thrice-" + client.name().toLowerCase(Locale.ROOT), true);

        isWhole(client, answer);
        assertThat(callsOf(answer)).hasSize(4);
        assertThat(answer.body()).contains(": x-laneway-attempts: 4\n: x-laneway-fallbacks: 3\n");
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void shouldEndInBandWhereNobodyGoesOnToTheEnd(Side client) throws Exception {
        HttpResponse<String> answer =
                client.ask(gateway, "hopeless-" + client.name().toLowerCase(Locale.ROOT), true);

        List<String> data = Sse.data(answer.body());
        assertThat(client.ended(data)).isFalse();
        assertThat(whole).startsWith(client.streamed(data));
        assertThat(Http.JSON.readTree(data.getLast()).at("/error/type").asText())
                .isEqualTo(client.errorType(502));
        assertThat(callsOf(answer)).hasSize(2);
    }

    @Test
    void shouldTakeTheNextHopWhereOneSaysNothing() throws Exception {
        HttpResponse<String> answer = Side.OPENAI.ask(gateway, "silent", true);

        isWhole(Side.OPENAI, answer);
        assertThat(callsOf(answer)).hasSize(3);
    }

    @Test
    void shouldEndInBandInTheMiddleOfAJsonObject() throws Exception {
        String body =
                Http.question("shaped", true).replaceFirst("\\{", "{\"response_format\":{\"type\":\"json_object\"},");

        HttpResponse<String> answer = Http.chat(gateway, body);

        List<String> data = Sse.data(answer.body());
        assertThat(Side.OPENAI.ended(data)).isFalse();
        assertThat(data.getLast()).contains("cut_stream");
        assertThat(callsOf(answer)).hasSize(1);
    }

    @Test
    void shouldGoOnWhereTheBodyIsTooLargeForOneEvent() throws Exception {
        String body = Http.question("large", true)
                .replace(
                        "What is a lane?",
                        "What is a lane?\"},{\"role\":\"system\",\"content\":\"" + "x".repeat(600_000));

        HttpResponse<String> answer = Http.chat(gateway, body);

        isWhole(Side.OPENAI, answer);
        assertThat(callsOf(answer)).hasSize(2);
    }

    private void isWhole(Side client, HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> data = Sse.data(answer.body());
        // Anthropic's side tells the reason of the end, too
        assertThat(client.streamed(data).replace("end_turn", ""))
                .as(answer.body())
                .isEqualTo(whole);
        assertThat(client.ended(data)).as(answer.body()).isTrue();
        assertThat(data).noneMatch(frame -> frame.contains("\"error\""));
    }

    private List<Call> callsOf(HttpResponse<String> answer) {
        String request = Http.header(answer, "x-request-id");
        return simulator.calls().stream()
                .filter(call -> call.attemptId().startsWith(request + ":"))
                .toList();
    }
}
