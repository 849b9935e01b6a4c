package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.VendorSimulator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both ingresses are restarted, one after the other, behind the simplest balancer there is: it goes by {@code /ready}, and tries again
 * only what was refused before it was sent.
 */
@Tag("processes")
@ExtendWith(SharedServers.class)
class RollingIngressIT {
    private static final int CLIENTS = 4;
    private static final int ANSWERS_OF_EACH = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger streamed = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private VendorSimulator simulator;
    private SeparateProcesses gateway;
    private volatile List<URI> ready = List.of();
    private volatile boolean over;

    @BeforeEach
    void start(SharedServers shared, @TempDir Path folder) throws Exception {
        simulator = VendorSimulator.start(vertx, SimulatorConfig.defaults()).await(20, TimeUnit.SECONDS);
        String config = "model_list:\n"
                + patient(Configs.openAi("smart", "sim", simulator.baseUrl()))
                + patient(Configs.openAi("paced", "sim~ttft=30~gap=20~chunks=40", simulator.baseUrl()))
                + """
                lanes: {premium: {privacy: cloud_allowed}}
                routes:
                  smart: {lane: premium, chain: [smart]}
                  paced: {lane: premium, chain: [paced]}
                """;
        gateway = SeparateProcesses.start(shared.fresh(), config, folder);
    }

    /** It is not the vendor that is tried here, on however slow a machine. */
    private static String patient(String deployment) {
        return deployment.replace("timeout: 3", "timeout: 60").replace("stream_timeout: 2", "stream_timeout: 60");
    }

    @AfterEach
    void stop() throws Exception {
        over = true;
        http.shutdownNow();
        if (gateway != null) {
            gateway.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldFailNothingWhileEachIngressIsRestarted() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(this::watchReadiness);
            await().until(() -> ready.size() == 2);
            for (int i = 0; i < CLIENTS; i++) {
                boolean stream = i % 2 == 0;
                threads.submit(() -> ask(stream));
            }
            awaitMore();

            int first = gateway.stop("ingress-0");
            awaitMore();
            gateway.launch(List.of("ingress-0"));
            await().atMost(Duration.ofSeconds(30)).until(() -> ready.size() == 2);
            int second = gateway.stop("ingress-1");
            awaitMore();
            over = true;

            assertThat(List.of(first, second)).containsOnly(0);
        }
        assertThat(failed).isEmpty();
    }

    /** More answers of both kinds than there are now. */
    private void awaitMore() {
        int wholeThen = whole.get() + ANSWERS_OF_EACH;
        int streamedThen = streamed.get() + ANSWERS_OF_EACH;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !failed.isEmpty() || (whole.get() > wholeThen && streamed.get() > streamedThen));
    }

    private void watchReadiness() {
        Map<URI, URI> known = new HashMap<>();
        while (!over) {
            // those that were told to stop are known on: it is by their readiness that they leave the balancer
            known.putAll(gateway.ingresses());
            ready = known.entrySet().stream()
                    .filter(each -> isReady(each.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isReady(URI management) {
        try {
            HttpRequest request = HttpRequest.newBuilder(management.resolve("/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | InterruptedException gone) {
            return false;
        }
    }

    private void ask(boolean stream) {
        while (!over) {
            try {
                HttpResponse<String> answer = send(stream);
                boolean complete = !stream || answer.body().endsWith("data: [DONE]\n\n");
                if (answer.statusCode() == 200 && complete) {
                    (stream ? streamed : whole).incrementAndGet();
                } else if (answer.statusCode() != 503 || !answer.body().contains("broker_away")) {
                    // a machine that is busy with eight starting processes may let the broker be late; no restart may
                    failed.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException e) {
                failed.add("stream=" + stream + " " + e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private HttpResponse<String> send(boolean stream) throws IOException, InterruptedException {
        while (true) {
            await().atMost(Duration.ofMinutes(1)).until(() -> over || !ready.isEmpty());
            List<URI> choice = ready;
            if (over || choice.isEmpty()) {
                throw new InterruptedException("nobody is ready, and nothing is left to be asked");
            }
            URI ingress = choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
            HttpRequest request = HttpRequest.newBuilder(ingress.resolve("/v1/chat/completions"))
                    .timeout(Duration.ofSeconds(60))
                    .header("authorization", "Bearer " + Gateway.KEY)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Http.question(stream ? "paced" : "smart", stream)))
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException refused) {
                // nobody has seen it: it may be sent again
            }
        }
    }
}
