package dev.laneway.testkit.server;

import static dev.laneway.testkit.server.Sim.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.calls.Prices;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallsIT {
    private static final String BODY = "{\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static Sim sim;

    @BeforeAll
    static void start() throws Exception {
        sim = new Sim(SimulatorConfig.defaults().withKeepBodies(true).withInstances(2));
    }

    @AfterAll
    static void stop() {
        sim.close();
    }

    @BeforeEach
    void reset() {
        sim.simulator.reset();
    }

    @Test
    void shouldRecordWhatACallWas() throws Exception {
        HttpResponse<String> response = sim.chat(BODY, "x-client-request-id", "req:0:1");

        JsonNode usage = json(response).get("usage");
        JsonNode call = json(sim.get("/sim/calls")).get(0);
        assertThat(call.get("id").asText()).isEqualTo("req:0:1");
        assertThat(call.get("x-client-request-id").asText()).isEqualTo("req:0:1");
        assertThat(call.get("vendor").asText()).isEqualTo("openai");
        assertThat(call.get("path").asText()).isEqualTo("/v1/chat/completions");
        assertThat(call.get("model").asText()).isEqualTo("sim");
        assertThat(call.get("stream").asBoolean()).isFalse();
        assertThat(call.get("status").asInt()).isEqualTo(200);
        assertThat(call.get("fault").isNull()).isTrue();
        assertThat(call.get("prompt_tokens")).isEqualTo(usage.get("prompt_tokens"));
        assertThat(call.get("completion_tokens")).isEqualTo(usage.get("completion_tokens"));
        assertThat(call.get("price_micros").asLong())
                .isEqualTo(Prices.DEFAULT.of(new Usage(
                        usage.get("prompt_tokens").asInt(),
                        0,
                        0,
                        usage.get("completion_tokens").asInt(),
                        0)));
        assertThat(call.get("finished").asText()).isEqualTo("complete");
        assertThat(call.get("end_us").asLong())
                .isGreaterThanOrEqualTo(call.get("first_byte_us").asLong());
        assertThat(call.get("body_sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(BODY.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void shouldTellKeysApartWithoutTellingThem() throws Exception {
        sim.chat(BODY, "x-api-key", "sk-secret-one");
        sim.chat(BODY, "x-api-key", "sk-secret-two");
        sim.chat(BODY, "x-api-key", "sk-secret-one");

        List<Call> calls = sim.simulator.calls();

        assertThat(calls.get(0).key())
                .isEqualTo(calls.get(2).key())
                .isNotEqualTo(calls.get(1).key());
        assertThat(sim.get("/sim/calls").body()).doesNotContain("secret");
    }

    @Test
    void shouldFilterAndWriteLines() throws Exception {
        sim.chat(BODY, "x-client-request-id", "a");
        sim.chat(BODY, "x-client-request-id", "b");

        assertThat(json(sim.get("/sim/calls?id=b"))).hasSize(1);
        assertThat(json(sim.get("/sim/calls?since=1")).get(0).get("id").asText())
                .isEqualTo("b");
        assertThat(sim.get("/sim/calls?format=jsonl").body().lines()).hasSize(2);
        assertThat(json(sim.get("/sim/calls/2")).get("id").asText()).isEqualTo("b");
        assertThat(sim.get("/sim/calls/3").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKeepBodies() throws Exception {
        sim.chat(BODY);

        assertThat(sim.get("/sim/calls/1/body").body()).isEqualTo(BODY);
        assertThat(sim.simulator.body(1))
                .hasValueSatisfying(body ->
                        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(BODY));
    }

    @Test
    void shouldNoteAClientThatLeaves() throws Exception {
        try (RawExchange exchange = new RawExchange(
                sim.simulator.port(),
                "/v1/chat/completions",
                BODY.replace("\"sim\"", "\"sim~gap=20~chunks=1000\",\"stream\":true"))) {
            exchange.read(1);
            Awaitility.await()
                    .until(() -> sim.simulator.calls().size() == 1
                            && sim.simulator.calls().getFirst().usage().completion() >= 3);
            assertThat(sim.simulator.calls().getFirst().attemptId()).isEqualTo("raw:0:0");
            assertThat(sim.simulator.calls().getFirst().finish()).isEqualTo(Finish.IN_PROGRESS);
        }

        Awaitility.await().until(() -> sim.simulator.calls().getFirst().finish() == Finish.CLIENT_CLOSED);
        Call call = sim.simulator.calls().getFirst();
        assertThat(call.clientClosed()).isTrue();
        assertThat(call.usage().completion()).isBetween(3, 999);
    }

    @Test
    void shouldNoteAClientThatLeavesBeforeItsBodyArrived() throws Exception {
        try (java.net.Socket socket =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), sim.simulator.port())) {
            socket.getOutputStream()
                    .write("POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf"
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> sim.simulator.calls().size() == 1);
        }

        Awaitility.await().until(() -> sim.simulator.calls().getFirst().finish() == Finish.CLIENT_CLOSED);
    }

    @Test
    void shouldRefuseABodyThatSaysItIsTooLarge() throws Exception {
        try (java.net.Socket socket =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), sim.simulator.port())) {
            socket.getOutputStream()
                    .write("POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 99000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void shouldRefuseABodyThatGrowsTooLarge() throws Exception {
        byte[] chunk = new byte[1024 * 1024];
        try (java.net.Socket socket =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), sim.simulator.port())) {
            var out = socket.getOutputStream();
            out.write("POST /v1/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 65; i++) {
                out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void shouldRecordEveryOneOfManyCallsAtOnce() throws Exception {
        int calls = 400;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String id = "attempt-" + i;
            String model = i % 4 == 0 ? "sim-fault-500" : "sim";
            work.add(() -> sim.chat(BODY.replace("\"sim\"", '"' + model + '"'), "x-client-request-id", id)
                    .statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                statuses.add(done.get());
            }
        }

        Awaitility.await()
                .until(() -> sim.simulator.calls().stream().allMatch(call -> call.finish() == Finish.COMPLETE));
        List<Call> recorded = sim.simulator.calls();
        assertThat(recorded).extracting(Call::attemptId).doesNotHaveDuplicates().hasSize(calls);
        assertThat(recorded.stream().filter(call -> call.status() == 500)).hasSize(calls / 4);
        assertThat(statuses.stream().filter(status -> status == 500)).hasSize(calls / 4);
        assertThat(json(sim.get("/sim/stats")).get("in_progress").asInt()).isZero();
    }

    @Test
    void shouldForgetEverythingOnReset() throws Exception {
        sim.chat(BODY);
        sim.send("PUT", "/sim/faults", "[{\"fault\":\"500\"}]");

        sim.post("/sim/reset", "");

        assertThat(json(sim.get("/sim/calls"))).isEmpty();
        assertThat(json(sim.get("/sim/faults"))).isEmpty();
        assertThat(sim.chat(BODY).statusCode()).isEqualTo(200);
        assertThat(sim.simulator.calls().getFirst().seq()).isEqualTo(1);
    }
}
