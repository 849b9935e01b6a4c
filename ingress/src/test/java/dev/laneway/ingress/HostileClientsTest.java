package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow on purpose, say nothing, or leave in the middle: each costs little, and for a bounded time. */
class HostileClientsTest {
    private static final Bounds FEW_CONNECTIONS = new Bounds(10, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 4);
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + TestIngress.KEY + "\r\n";

    /** 60 s, for what is not to happen. */
    private static final Duration NEVER = Duration.ofMinutes(1);

    private final List<RawClient> clients = new ArrayList<>();
    private TestIngress ingress;

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        ingress.close();
    }

    @Test
    void shouldCloseAConnectionWhoseFirstRequestNeverComes() throws Exception {
        start(NEVER, Duration.ofMillis(500), FEW_CONNECTIONS);
        RawClient dripping = client().send("POST /v1/chat/completions HTTP/1.1\r\n");
        Thread drip = drip(dripping, "x-h: v\r\n");
        RawClient silent = client();

        String fromSilent = silent.readAll();
        drip.join();

        assertThat(fromSilent).isEmpty();
        await().until(() -> ingress.arrivals.count() == 0);
        assertThat(ingress.count(IngressMetric.CONNECTIONS_SILENT)).isEqualTo(2);
    }

    @Test
    void shouldGiveUpABodyThatOnlyDrips() throws Exception {
        start(Duration.ofMillis(500), NEVER, FEW_CONNECTIONS);
        RawClient client = client().send(HEAD + "content-length: 100000\r\n\r\n");
        Thread drip = drip(client, "{");

        String answer = client.readUntil("body_timeout");
        drip.join();

        assertThat(answer).startsWith("HTTP/1.1 408");
        await().until(() -> ingress.arrivals.count() == 0 && ingress.memory.held() == 0);
    }

    @Test
    void shouldCountConnectionsThatSayNothing() throws Exception {
        start(NEVER, NEVER, FEW_CONNECTIONS);
        for (int i = 0; i < 4; i++) {
            client();
        }
        await().until(() -> ingress.arrivals.count() == 4);

        String fifth = client().readAll();

        assertThat(fifth).isEmpty();
        assertThat(ingress.count(IngressMetric.CONNECTIONS_REFUSED)).isEqualTo(1);
    }

    @Test
    void shouldTakeConnectionsAgainWhenOthersHaveLeft() throws Exception {
        start(NEVER, NEVER, FEW_CONNECTIONS);
        for (int i = 0; i < 4; i++) {
            client().reset();
        }
        await().until(() -> ingress.arrivals.count() == 0);

        String answer = client().send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n").readUntil("\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldForgetAClientThatResetInTheMiddleOfItsBody() throws Exception {
        start(NEVER, NEVER, FEW_CONNECTIONS);
        RawClient client = client().send(HEAD + "content-length: 100000\r\n\r\n{\"model\"");
        await().until(() -> ingress.memory.held() > 0);

        client.reset();

        await().until(() -> ingress.arrivals.count() == 0 && ingress.memory.held() == 0);
        assertThat(ingress.count(IngressMetric.REFUSED, MetricTag.REASON, "gone"))
                .isEqualTo(1);
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldRefuseBodiesBeyondItsMemoryWhileOthersArrive() throws Exception {
        start(NEVER, NEVER, new Bounds(10, 1 << 20, 1 << 20, 1 << 20, 100_000, 10));
        client().send(HEAD + "content-length: 90000\r\n\r\n" + "x".repeat(80_000));
        await().until(() -> ingress.memory.held() == 80_000);

        String answer = client().send(HEAD + "content-length: 50000\r\n\r\n" + "x".repeat(50_000))
                .readUntil("memory_full");

        assertThat(answer).startsWith("HTTP/1.1 503").contains("retry-after: ");
        assertThat(ingress.memory.held()).isEqualTo(80_000);
    }

    private void start(Duration wholeBody, Duration firstRequest, Bounds bounds) throws Exception {
        Waits waits = new Waits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                NEVER,
                wholeBody,
                firstRequest,
                NEVER,
                Duration.ofMillis(10));
        ingress = TestIngress.start(waits, bounds);
        // it watches what is accepted from its first request on
        try (RawClient first = new RawClient(ingress.port)) {
            first.send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n").readUntil("\r\n\r\n");
        }
        await().until(() -> ingress.loops.getFirst().connections() == 0);
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(ingress.port);
        clients.add(client);
        return client;
    }

    /** Sends a little now and then, until the server has enough. */
    private static Thread drip(RawClient client, String drop) {
        return Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    client.send(drop);
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException closed) {
                // as it is meant to be
            }
        });
    }
}
