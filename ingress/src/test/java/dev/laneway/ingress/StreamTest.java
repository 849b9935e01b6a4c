package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Signal;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final Waits IMPATIENT = new Waits(
            Duration.ofMillis(400),
            Duration.ofMillis(150),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(10));

    private TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldHandOnEachFrameAsItComes() throws Exception {
        var pending = ingress.client.sendAsync(
                ingress.chat("smart", true).build(), HttpResponse.BodyHandlers.ofInputStream());
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: one\n\n", false);

        HttpResponse<InputStream> answer = TestIngress.answer(pending);
        String first = read(answer.body(), "data: one\n\n".length());
        frame(id, 1, null, "data: two\n\n", false);
        String second = read(answer.body(), "data: two\n\n".length());
        frame(id, 2, null, "data: [DONE]\n\n", true);
        String rest = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(first + second + rest).isEqualTo("data: one\n\ndata: two\n\ndata: [DONE]\n\n");
        assertThat(answer.headers().map())
                .containsAllEntriesOf(Map.of(
                        "content-type", List.of("text/event-stream"),
                        "cache-control", List.of("no-cache"),
                        "x-accel-buffering", List.of("no"),
                        "x-laneway-zone", List.of("cloud"),
                        "x-laneway-attempts", List.of("1")));
    }

    @Test
    void shouldAnswerInOneFrame() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        frame(id, 0, TestIngress.stream(), "data: all\n\n", true);

        assertThat(TestIngress.answer(pending).body()).isEqualTo("data: all\n\n");
    }

    @Test
    void shouldSendHeadersEarlyAndCommentsWhileNothingComes() throws Exception {
        restart();
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        letSilencePass();

        frame(id, 0, TestIngress.head(2, 1, "text/event-stream"), "data: late\n\n", true);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.body())
                .matches("(: waiting\n\n)+: x-laneway-zone: cloud\n: x-laneway-attempts: 2\n"
                        + ": x-laneway-fallbacks: 1\n\ndata: late\n\n");
        assertThat(answer.headers().map())
                .containsKeys("x-request-id", "x-laneway-route", "x-laneway-lane")
                .doesNotContainKeys("x-laneway-zone", "x-laneway-attempts", "x-laneway-fallbacks");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    }

    @Test
    void shouldNeverPutACommentInsideAnEvent() throws Exception {
        restart();
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: whole\n\ndata: half", false);
        letSilencePass();

        frame(id, 1, null, " and half\n\n", true);

        assertThat(TestIngress.answer(pending).body()).isEqualTo("data: whole\n\ndata: half and half\n\n");
    }

    @Test
    void shouldSendNothingEarlyWhereTheAnswerIsNoStream() throws Exception {
        restart();
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();
        letSilencePass();

        ingress.failed(id, FailureKind.OVERLOADED, 503, 0);

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(503);
    }

    @Test
    void shouldEndInBandWhenAFailureComesAfterEarlyHeaders() throws Exception {
        restart();
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        letSilencePass();

        ingress.failed(id, FailureKind.SERVER_ERROR, 502, 0);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(": waiting\n\n")
                .contains(": x-laneway-attempts: 3\n: x-laneway-fallbacks: 1\n\ndata: {\"error\":")
                .contains("vendor words");
    }

    @Test
    void shouldSayAFailureByItsStatusWhereNothingWasSent() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        ingress.failed(id, FailureKind.RATE_LIMITED, 429, 2_300);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("3");
        assertThat(answer.headers().firstValue("x-laneway-attempts")).hasValue("3");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).contains("vendor words");
    }

    @Test
    void shouldEndInBandWhenAFrameIsMissing() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: one\n\n", false);

        frame(id, 2, null, "data: three\n\n", true);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.body())
                .startsWith("data: one\n\n")
                .contains("cut_stream")
                .doesNotContain("three");
        await().untilAsserted(() -> assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id)));
    }

    @Test
    void shouldEndAHalfEventBeforeTheError() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: half", false);

        frame(id, 2, null, "lost", true);

        assertThat(TestIngress.answer(pending).body()).startsWith("data: half\n\ndata: {\"error\":");
    }

    @Test
    void shouldSayByStatusThatTheFirstFrameIsMissing() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();

        frame(id, 1, null, "two", true);

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(502);
    }

    @Test
    void shouldShowAFrameThatComesTwiceOnce() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        frame(id, 0, TestIngress.stream(), "data: one\n\n", false);
        frame(id, 0, TestIngress.stream(), "data: one\n\n", false);
        frame(id, 1, null, "data: two\n\n", true);

        assertThat(TestIngress.answer(pending).body()).isEqualTo("data: one\n\ndata: two\n\n");
        assertThat(ingress.count(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "duplicate"))
                .isEqualTo(1);
    }

    @Test
    void shouldStayWithTheAttemptThatSpokeFirst() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();

        frame(id, 0, TestIngress.stream(), "data: mine\n\n", false);
        ingress.reply(new Reply.Frame(id, id + ":1:1", 0, TestIngress.stream(), null), "data: other\n\n");
        frame(id, 1, null, "data: end\n\n", true);

        assertThat(TestIngress.answer(pending).body()).isEqualTo("data: mine\n\ndata: end\n\n");
        assertThat(ingress.count(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "other_attempt"))
                .isEqualTo(1);
    }

    @Test
    void shouldNotJoinTheAnswersOfTwoCallsOfOneAttempt() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: first\n\n", false);

        // the worker died, and another one made the call again
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null, 7), "data: again\n\n");
        ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, null, 7), "data: other\n\n");
        ingress.reply(new Reply.Frame(id, id + ":0:0", 2, null, TestIngress.END, 7), "data: [DONE]\n\n");

        assertThat(TestIngress.answer(pending).body())
                .startsWith("data: first\n\n")
                .contains("cut_stream")
                .doesNotContain("other")
                .doesNotContain("[DONE]");
    }

    @Test
    void shouldEndInBandWhenAReplyCannotBeRead() throws Exception {
        var pending = ingress.send(ingress.chat("smart", true));
        String id = ingress.outbox.next().request().id();
        frame(id, 0, TestIngress.stream(), "data: one\n\n", false);

        ingress.dispatcher.take(id, "{".getBytes(StandardCharsets.UTF_8), new byte[0]);

        assertThat(TestIngress.answer(pending).body())
                .startsWith("data: one\n\n")
                .contains("cut_stream");
    }

    @Test
    void shouldPutTogetherAnAnswerThatIsNoStreamFromItsFrames() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();

        frame(id, 0, TestIngress.head(1, 0, "application/json"), "{\"a\":", false);
        frame(id, 1, null, "1}", true);

        HttpResponse<String> answer = TestIngress.answer(pending);
        assertThat(answer.body()).isEqualTo("{\"a\":1}");
        assertThat(answer.headers().firstValue("content-length")).hasValue("7");
        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
    }

    /** A request that comes later is told that it waits: by then the first one was silent for long enough, too. */
    private void letSilencePass() throws Exception {
        try (RawClient later = new RawClient(ingress.port).chat(true)) {
            ingress.outbox.next();
            later.readUntil(": waiting");
        }
    }

    private void restart() {
        ingress.close();
        ingress = TestIngress.start(IMPATIENT, TestIngress.ROOMY);
    }

    private void frame(String id, int seq, Reply.Head head, String bytes, boolean last) {
        ingress.reply(new Reply.Frame(id, id + ":0:0", seq, head, last ? TestIngress.END : null), bytes);
    }

    static String read(InputStream stream, int length) throws IOException {
        return new String(stream.readNBytes(length), StandardCharsets.UTF_8);
    }
}
