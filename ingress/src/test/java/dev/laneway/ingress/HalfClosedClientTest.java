package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that shut their output down: some wait for their answer, others are gone, and both look alike at first. */
class HalfClosedClientTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldAnswerAClientThatShutItsOutputDown() throws Exception {
        try (RawClient client = new RawClient(ingress.port).chat(false).endOutput()) {
            String id = ingress.outbox.next().request().id();
            client.readUntil("100 Continue\r\n\r\n");

            ingress.wholeAnswer(id, "{\"done\":1}");

            assertThat(client.readAll()).contains("HTTP/1.1 200", "{\"done\":1}");
        }
        await().until(() ->
                ingress.arrivals.count() == 0 && ingress.loops.getFirst().connections() == 0);
        assertThat(ingress.outbox.signals).isEmpty();
    }

    @Test
    void shouldStreamToAClientThatShutItsOutputDown() throws Exception {
        try (RawClient client = new RawClient(ingress.port).chat(true)) {
            String id = ingress.outbox.next().request().id();
            ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null), "data: one\n\n");
            client.readUntil("data: one");
            client.endOutput();

            ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, null), "data: two\n\n");
            ingress.reply(new Reply.Frame(id, id + ":0:0", 2, null, TestIngress.END), "data: [DONE]\n\n");

            assertThat(client.readAll()).contains("data: two", "data: [DONE]").doesNotContain("100 Continue");
        }
        await().until(() -> ingress.loops.getFirst().connections() == 0);
    }

    @Test
    void shouldAnswerAllThatWasSentBeforeTheEnd() throws Exception {
        try (RawClient client =
                new RawClient(ingress.port).chat(false).chat(false).endOutput()) {
            ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"first\":1}");
            ingress.wholeAnswer(ingress.outbox.next().request().id(), "{\"second\":2}");

            assertThat(client.readAll()).containsSubsequence("{\"first\":1}", "{\"second\":2}");
        }
    }

    @Test
    void shouldEndAConnectionWhoseBodyWillNeverBeWhole() throws Exception {
        try (RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + TestIngress.KEY
                        + "\r\ncontent-length: 1000\r\n\r\n{")
                .endOutput()) {
            assertThat(client.readAll()).isEmpty();
        }
        await().until(() -> ingress.loops.getFirst().connections() == 0 && ingress.memory.held() == 0);
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldEndAConnectionWithoutARequest() throws Exception {
        try (RawClient client = new RawClient(ingress.port)
                .send("HEAD / HTTP/1.1\r\nhost: x\r\n\r\n")
                .endOutput()) {
            assertThat(client.readAll()).contains("HTTP/1.1 200");
        }
        await().until(() -> ingress.loops.getFirst().connections() == 0);
    }

    @Test
    void shouldCancelForAClientOfHttp10AtOnce() throws Exception {
        String body = TestIngress.body("smart", false);
        try (RawClient client = new RawClient(ingress.port)
                .send("POST /v1/chat/completions HTTP/1.0\r\nauthorization: Bearer " + TestIngress.KEY
                        + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)) {
            String id = ingress.outbox.next().request().id();
            client.endOutput();

            await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
        }
    }

    @Test
    void shouldFindOutWhoIsGoneWhileItsStreamHasNotBegun() throws Exception {
        RawClient client = new RawClient(ingress.port).chat(true);
        String id = ingress.outbox.next().request().id();

        client.close();

        await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
    }
}
