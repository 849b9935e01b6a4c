package dev.laneway.runtime.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private static final int LOOPS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final Meters meters = Meters.create();
    private final LoopWatch loops = LoopWatch.start(vertx, LOOPS, Duration.ofMillis(10), 5);
    private final ManagementServer server = ManagementServer.create(vertx, meters);
    private final CountDownLatch free = new CountDownLatch(1);
    private volatile List<String> roleSays = List.of();
    private volatile List<String> needsSay = List.of();
    private int port;

    @BeforeEach
    void start() throws Exception {
        server.loops(loops);
        server.needs(() -> needsSay);
        server.add(new RunningRole() {
            @Override
            public String name() {
                return "router-worker";
            }

            @Override
            public List<String> notReady() {
                return roleSays;
            }

            @Override
            public Future<Void> drain(Duration patience) {
                return Future.succeededFuture();
            }
        });
        port = server.listen("127.0.0.1", 0).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        free.countDown();
        loops.close();
        vertx.close().await(10, TimeUnit.SECONDS);
        meters.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void shouldNotBeReadyBeforeAllRolesAreThere() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldBeReadyWhenAllIsThere() throws Exception {
        server.started();

        assertThat(get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBeReadyWhileARoleIsNot() throws Exception {
        server.started();
        roleSays = List.of("it does not read its topics yet");

        HttpResponse<String> answer = get("/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"router-worker\":[\"it does not read its topics yet\"]");
    }

    @Test
    void shouldNotBeReadyWithoutWhatAllRolesNeed() throws Exception {
        server.started();
        needsSay = List.of("the broker does not answer");

        HttpResponse<String> answer = get("/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"needs\":[\"the broker does not answer\"]");
    }

    @Test
    void shouldNotBeReadyButLiveWhileItDrains() throws Exception {
        server.started();
        server.draining();

        assertThat(get("/ready").body()).contains("\"status\":\"draining\"");
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBeLiveWhenAnEventLoopIsStuck() throws Exception {
        // of another thread, and so on another loop than the server's
        Context stuck = CompletableFuture.supplyAsync(vertx::getOrCreateContext, task -> new Thread(task).start())
                .get(10, TimeUnit.SECONDS);
        stuck.runOnContext(v -> {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        await().atMost(Duration.ofSeconds(20)).until(() -> loops.stuck() == 1);
        HttpResponse<String> answer = get("/live");
        free.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> loops.stuck() == 0);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }
}
