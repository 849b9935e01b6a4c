package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Signal;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartedClientTest {
    private TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldCancelTheRequestOfAClientThatClosed() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(false);
        String id = ingress.outbox.next().request().id();

        client.close();

        await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
        await().untilAsserted(() -> assertThat(cancelled()).isEqualTo(1));
        assertThat(ingress.inFlight).hasValue(0);
    }

    @Test
    void shouldCancelTheRequestOfAClientThatResetInTheMiddleOfAStream() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true);
        String id = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");
        client.readUntil("data: one");

        client.reset();

        await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
    }

    @Test
    void shouldCancelAStreamThatAnHttp2ClientReset() throws Exception {
        ingress.close();
        ingress = TestIngress.withLoops(1, HttpClient.Version.HTTP_2);
        // the first request upgrades the connection, the second is a stream of it
        var first = ingress.send(ingress.chat("smart", false));
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");
        TestIngress.answer(first);
        var second = ingress.client.sendAsync(
                ingress.chat("smart", true).build(), HttpResponse.BodyHandlers.ofInputStream());
        String id = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");
        HttpResponse<java.io.InputStream> answer = TestIngress.answer(second);

        answer.body().close();

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
    }

    @Test
    void shouldNotCancelARequestWithAnIdempotencyKey() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(false, "idempotency-key: k1");
        ingress.outbox.next();

        client.close();

        await().untilAsserted(() -> assertThat(cancelled()).isEqualTo(1));
        assertThat(ingress.outbox.signals).isEmpty();
    }

    @Test
    void shouldCancelOnlyOnceTheRequestMayBeInTheLog() throws Exception {
        ingress.outbox.acknowledges = false;
        RawClient client = new RawClient(ingress.port).chat(false);
        FakeOutbox.Published published = ingress.outbox.next();
        client.close();
        await().until(() -> ingress.loops.getFirst().open() == 0);
        boolean early = !ingress.outbox.signals.isEmpty();

        published.acknowledge();

        assertThat(early).isFalse();
        await().untilAsserted(() -> assertThat(ingress.outbox.signals)
                .containsExactly(new Signal.Cancel(published.request().id())));
        await().untilAsserted(() -> assertThat(cancelled()).isEqualTo(1));
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldIgnoreFramesForAClientThatLeft() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true);
        String id = ingress.outbox.next().request().id();
        client.close();
        await().until(() -> ingress.loops.getFirst().open() == 0);

        ingress.wholeAnswer(id, "data: late\n\n");

        assertThat(ingress.memory.held()).isZero();
        assertThat(ingress.inFlight).hasValue(0);
    }

    private double cancelled() {
        return ingress.count(
                IngressMetric.CANCELLED,
                MetricTag.ROUTE,
                "smart",
                MetricTag.LANE,
                "premium",
                MetricTag.REASON,
                "client_gone");
    }
}
