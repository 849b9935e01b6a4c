package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One of two processes of a role is killed while requests are under way: each ends, and none with what it is not. */
@Tag("processes")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProcessIT {
    private static final int CLIENTS = 16;

    private final Vertx vertx = Vertx.vertx();
    private VendorSimulator simulator;
    private SeparateProcesses gateway;
    private String killed;

    @BeforeAll
    void start(SharedServers shared, @TempDir Path folder) throws Exception {
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        String config = "model_list:\n"
                + Configs.openAi("slow", "sim~ttft=4000~gap=10~chunks=5", simulator.baseUrl())
                        .replace("timeout: 3", "timeout: 30")
                        .replace("stream_timeout: 2", "stream_timeout: 30")
                + Configs.openAi("paced", "sim~ttft=30~gap=100~chunks=150", simulator.baseUrl())
                + """
                lanes:
                  premium: {privacy: cloud_allowed}
                  stubborn: {privacy: cloud_allowed, on_unknown: retry}
                routes:
                  slow: {lane: premium, chain: [slow]}
                  again: {lane: stubborn, chain: [slow]}
                  paced: {lane: premium, chain: [paced]}
                """;
        gateway = SeparateProcesses.start(shared.fresh(), config, folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void launchAgain() throws Exception {
        if (killed != null) {
            gateway.launch(List.of(killed));
            killed = null;
        }
    }

    private void crash(String name) throws InterruptedException {
        killed = name;
        gateway.crash(name);
    }

    private List<Future<HttpResponse<String>>> ask(ExecutorService clients) {
        return ask(clients, "slow");
    }

    private List<Future<HttpResponse<String>>> ask(ExecutorService clients, String route) {
        List<Future<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            asked.add(clients.submit(() -> Http.chat(gateway, Http.question(route))));
        }
        return asked;
    }

    /** The whole text of a stream; counts down when it has begun. */
    private String stream(HttpClient client, CountDownLatch begun) throws Exception {
        HttpRequest request = Http.request(gateway, "/v1/chat/completions")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Http.question("paced", true)))
                .build();
        try (InputStream body =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            String first = new String(body.readNBytes(5), StandardCharsets.UTF_8);
            begun.countDown();
            return first + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldAnswerWhatAKilledRouterWasAsked() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> asked = ask(clients);

            crash("router-worker-0");

            asked.addAll(ask(clients));
            for (Future<HttpResponse<String>> one : asked) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
            new Oracle(gateway, simulator).check();
        }
    }

    @Test
    void shouldEndHonestlyWhatAKilledWorkerWasAsked() throws Exception {
        CountDownLatch begun = new CountDownLatch(CLIENTS);
        List<String> streamed = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = HttpClient.newHttpClient()) {
            List<Future<String>> streams = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                streams.add(clients.submit(() -> stream(client, begun)));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            int before = simulator.calls().size();
            List<Future<HttpResponse<String>>> asked = ask(clients);
            await().atMost(Duration.ofSeconds(30)).until(() -> simulator.calls().size() >= before + CLIENTS);

            crash("provider-workers-0");

            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> one : asked) {
                statuses.add(one.get().statusCode());
            }
            // what the dead one had sent is unknown, and is not sent again in this lane
            assertThat(statuses).containsOnly(200, 502);
            for (Future<String> one : streams) {
                streamed.add(one.get());
            }
        }
        // those of the worker that lives are whole; those of the other say that they aren't, and none is made of two
        assertThat(streamed)
                .allSatisfy(answer -> assertThat(answer).containsAnyOf("data: [DONE]", "\"error\""))
                .anySatisfy(answer -> assertThat(answer).contains("\"error\""));
        new Oracle(gateway, simulator).check();
    }

    @Test
    void shouldAskAgainUnderAnotherIdWhereTheLaneSaysSo() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = simulator.calls().size();
            List<Future<HttpResponse<String>>> asked = ask(clients, "again");
            await().atMost(Duration.ofSeconds(30)).until(() -> simulator.calls().size() >= before + CLIENTS);

            crash("provider-workers-1");

            for (Future<HttpResponse<String>> one : asked) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
            assertThat(simulator.calls().size()).isGreaterThan(before + CLIENTS);
            new Oracle(gateway, simulator).check();
        }
    }
}
