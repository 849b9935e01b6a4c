package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.e2e.FaultTable.Ending;
import dev.laneway.e2e.FaultTable.Fault;
import dev.laneway.standalone.faults.FaultCase.Way;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault of the simulator, by either vendor, before a client of either format, streamed and not, with and without another hop, and on routes that continue
 * streams.
 * All are asked at once, before the tests, each of a deployment of its own, so that what one fault says of its deployment changes
 * nothing for another.
 */
abstract class FaultsContract extends OneGateway {
    private static final int CLIENTS = 64;
    private static final List<Cell> CELLS = cells();

    final Map<Cell, HttpResponse<String>> answers = new HashMap<>();
    final Map<String, List<Call>> calls = new HashMap<>();

    record Cell(Fault fault, Side vendor, Side client, boolean streamed, Way way) {
        /** Of its route and its deployment. */
        String name() {
            return (fault.name().replaceAll("[^a-z0-9]+", "-") + "-" + vendor + "-" + client
                            + (streamed ? "-streamed-" : "-whole-")
                            + way)
                    .toLowerCase(Locale.ROOT);
        }

        Ending ending() {
            return streamed ? fault.streamed() : fault.whole();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Fault fault : FaultTable.faults()) {
            for (Side vendor : Side.values()) {
                for (Side client : Side.values()) {
                    for (boolean streamed : new boolean[] {false, true}) {
                        cells.add(new Cell(fault, vendor, client, streamed, Way.NEVER));
                        cells.add(new Cell(fault, vendor, client, streamed, Way.ALLOWED));
                    }
                }
            }
            // the rest of these is in ContinuationContract
            cells.add(new Cell(fault, Side.OPENAI, Side.OPENAI, true, Way.CONTINUED));
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
        models.append(deployment("good", Side.OPENAI, "sim", 30, ""));
        for (Cell cell : CELLS) {
            models.append(deployment(
                    cell.name(),
                    cell.vendor(),
                    "sim-fault-" + cell.fault().name(),
                    cell.fault().hangs() ? 4 : 30,
                    cell.fault().pauses() ? ", account: limited-" + CELLS.indexOf(cell) : ""));
            routes.append("  %s: {lane: premium, chain: [%s, good]%s}\n"
                    .formatted(cell.name(), cell.name(), rule(cell.way())));
        }
        return models + "lanes: {premium: {privacy: cloud_allowed}}\n" + routes + """
                router_settings: {num_retries: 0}
                litellm_settings: {request_timeout: 60}
                """;
    }

    private static String rule(Way way) {
        return switch (way) {
            case NEVER -> ", fallback: never";
            case ALLOWED -> "";
            case CONTINUED -> ", continue_streams: true";
        };
    }

    private String deployment(String name, Side vendor, String model, int seconds, String account) {
        String entry = switch (vendor) {
            case OPENAI -> Configs.openAi(name, model, simulator.baseUrl());
            case ANTHROPIC -> Configs.anthropic(name, model, simulator.baseUrl());
        };
        return entry.replace("timeout: 3, stream_timeout: 2", "timeout: %1$d, stream_timeout: %1$d".formatted(seconds))
                + "    model_info: {zone: cloud%s}\n".formatted(account);
    }

    @BeforeAll
    void askAll() throws Exception {
        Map<Cell, Future<HttpResponse<String>>> asked = new HashMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Cell cell : CELLS) {
                asked.put(cell, clients.submit(() -> cell.client().ask(gateway, cell.name(), cell.streamed())));
            }
            for (Map.Entry<Cell, Future<HttpResponse<String>>> each : asked.entrySet()) {
                answers.put(each.getKey(), each.getValue().get());
            }
        }
        for (Call call : simulator.calls()) {
            String request = call.attemptId().substring(0, call.attemptId().indexOf(':'));
            calls.computeIfAbsent(request, id -> new ArrayList<>()).add(call);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldFallBackOrEndHonestly(Cell cell) throws Exception {
        HttpResponse<String> answer = answers.get(cell);

        List<Call> made = calls.get(Http.header(answer, "x-request-id"));
        assertThat(made).as(answer.body()).isNotNull();
        assertThat(made.getFirst().fault()).startsWith(headOf(cell.fault().name()));
        switch (cell.ending()) {
            case Ending.Good() -> {
                assertThat(made).hasSize(1);
                isGood(cell, answer, 0);
            }
            case Ending.Refused(int status) -> {
                if (cell.way() == Way.NEVER) {
                    assertThat(made).hasSize(1);
                    isRefused(cell, answer, status);
                } else {
                    assertThat(made).hasSize(2);
                    isGood(cell, answer, 1);
                }
            }
            case Ending.Broken(boolean slow) -> {
                if (cell.way() == Way.CONTINUED) {
                    assertThat(made).hasSize(2);
                    isGood(cell, answer, 0);
                } else {
                    assertThat(made).hasSize(1);
                    isBroken(cell, answer, slow ? 504 : 502);
                }
            }
        }
    }

    private static String headOf(String fault) {
        return fault.contains("~") ? fault.substring(0, fault.indexOf('~')) : fault;
    }

    private static void isGood(Cell cell, HttpResponse<String> answer, int fallbacks) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("" + fallbacks);
        Side client = cell.client();
        if (cell.streamed()) {
            List<String> data = Sse.data(answer.body());
            assertThat(client.streamed(data)).as(answer.body()).isNotBlank();
            assertThat(client.ended(data)).as(answer.body()).isTrue();
            assertThat(data).noneMatch(frame -> frame.contains("\"error\""));
        } else {
            assertThat(client.whole(Http.json(answer))).as(answer.body()).isNotBlank();
        }
    }

    private static void isRefused(Cell cell, HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = Http.json(answer).at("/error");
        assertThat(error.at("/type").asText()).isEqualTo(cell.client().errorType(status));
        assertThat(error.at("/message").asText()).isNotBlank();
        assertThat(Http.header(answer, "x-laneway-fallbacks")).isEqualTo("0");
        if (status == 429 || status == 503) {
            assertThat(Http.header(answer, "retry-after")).matches("[1-9]\\d*");
        }
    }

    private static void isBroken(Cell cell, HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> data = Sse.data(answer.body());
        assertThat(cell.client().streamed(data)).as(answer.body()).isNotBlank();
        assertThat(cell.client().ended(data)).as(answer.body()).isFalse();
        assertThat(Http.JSON.readTree(data.getLast()).at("/error/type").asText())
                .as(answer.body())
                .isEqualTo(cell.client().errorType(status));
    }
}
