package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a process says of itself while it stops, and that it can be made to stop at once. */
@Tag("processes")
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShutdownIT {
    private static final String WORKER = "provider-workers-0";

    private final Vertx vertx = Vertx.vertx();
    private VendorSimulator simulator;
    private SeparateProcesses gateway;

    @BeforeAll
    void start(SharedServers shared, @TempDir Path folder) throws Exception {
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        String config = "model_list:\n"
                + Configs.openAi("slow", "sim~ttft=10000", simulator.baseUrl())
                        .replace("timeout: 3", "timeout: 40")
                        .replace("stream_timeout: 2", "stream_timeout: 40")
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes: {slow: {lane: premium, chain: [slow]}}
                router_settings: {num_retries: 0}
                """;
        gateway = SeparateProcesses.start(shared.fresh(), config, folder, SeparateProcesses.ONE_OF_EACH);
    }

    @AfterAll
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static HttpResponse<String> get(URI management, String path) throws Exception {
        return Http.send(HttpRequest.newBuilder(URI.create(management + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    private Future<HttpResponse<String>> ask(ExecutorService clients) {
        int before = simulator.calls().size();
        Future<HttpResponse<String>> asked = clients.submit(() -> Http.chat(gateway, Http.question("slow")));
        await().atMost(Duration.ofSeconds(30)).until(() -> simulator.calls().size() > before);
        return asked;
    }

    @Test
    void shouldFinishWhatRunsAndNotBeReadyMeanwhile() throws Exception {
        URI management = gateway.management(WORKER);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpResponse<String> before = get(management, "/ready");
            Future<HttpResponse<String>> asked = ask(clients);

            gateway.tellToStop(WORKER);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(management, "/ready").statusCode() == 503);
            HttpResponse<String> draining = get(management, "/ready");
            HttpResponse<String> live = get(management, "/live");
            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(draining.body()).contains("\"status\":\"draining\"");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(asked.get().statusCode()).isEqualTo(200);
        }
        assertThat(gateway.awaitEnd(WORKER)).isZero();
        gateway.launch(List.of(WORKER));
    }

    @Test
    void shouldEndAtOnceWhenToldTwice() throws Exception {
        URI management = gateway.management(WORKER);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> asked = ask(clients);
            gateway.tellToStop(WORKER);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(management, "/ready").statusCode() == 503);

            gateway.tellToStop(WORKER);

            assertThat(gateway.awaitEnd(WORKER)).isEqualTo(130);
            assertThat(asked.isDone()).as("it waited for the call").isFalse();
            gateway.launch(List.of(WORKER)); // which has to say what became of the call
            assertThat(asked.get().statusCode()).isIn(502, 504);
        }
    }
}
