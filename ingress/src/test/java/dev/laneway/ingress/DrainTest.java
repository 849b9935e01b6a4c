package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldFinishWhatIsUnderWay() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();

        Future<Void> drained = drain(Duration.ofSeconds(5));
        boolean early = drained.isComplete();
        ingress.wholeAnswer(id, "{}");

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(200);
        TestIngress.await(drained);
        assertThat(early).isFalse();
    }

    @Test
    void shouldTakeNoNewConnection() throws Exception {
        ingress.send(ingress.chat("smart", false));
        ingress.outbox.next();

        drain(Duration.ofSeconds(5));

        await().untilAsserted(() -> org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RawClient(ingress.port)
                        .send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n")
                        .readUntil("200"))
                .isNotNull());
    }

    @Test
    void shouldTurnDownWhatIsLeftWhenItsPatienceIsOver() throws Exception {
        var whole = ingress.send(ingress.chat("smart", false));
        String first = ingress.outbox.next().request().id();
        var stream = ingress.send(ingress.chat("smart", true));
        String second = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(second, second + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");

        Future<Void> drained = drain(Duration.ofMillis(200));

        HttpResponse<String> answer = TestIngress.answer(whole);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).get().asString().matches("[1-3]");
        assertThat(TestIngress.answer(stream).body())
                .startsWith("data: one\n\n")
                .contains("draining");
        assertThat(ingress.outbox.signals)
                .containsExactlyInAnyOrder(new Signal.Cancel(first), new Signal.Cancel(second));
        TestIngress.await(drained);
    }

    @Test
    void shouldTakeCallsWhileItLeavesAndEndTheirConnections() throws Exception {
        ingress.leaving.set(true);
        try (RawClient client = new RawClient(ingress.port).chat(false)) {
            ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"done\":1}");

            assertThat(client.readAll()).startsWith("HTTP/1.1 200").contains("connection: close", "{\"done\":1}");
        }
    }

    @Test
    void shouldEndAConnectionWithTheStreamThatWasUnderWay() throws Exception {
        try (RawClient client = new RawClient(ingress.port).chat(true)) {
            String id = ingress.outbox.next().request().id();
            ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");
            client.readUntil("data: one");
            Future<Void> drained = drain(Duration.ofSeconds(20));

            ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, TestIngress.END), "data: [DONE]\n\n");

            assertThat(client.readAll()).contains("data: [DONE]");
            TestIngress.await(drained);
        }
    }

    @Test
    void shouldNotWaitForAClientThatDoesNotRead() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true);
        String id = ingress.outbox.next().request().id();
        ingress.reply(
                new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null),
                "data: " + "x".repeat(4 << 20) + "\n\n");

        Future<Void> drained = drain(Duration.ofMillis(100));

        TestIngress.await(drained);
        client.close();
    }

    private Future<Void> drain(Duration patience) {
        IngressLoop loop = ingress.loops.getFirst();
        Promise<Void> promise = Promise.promise();
        ingress.leaving.set(true);
        loop.context().runOnContext(v -> loop.drain(patience).onComplete(promise));
        return promise.future();
    }
}
