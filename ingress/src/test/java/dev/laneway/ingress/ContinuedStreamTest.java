package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream that is bound to one attempt and continued by another. */
class ContinuedStreamTest {
    private static final int CALL = 41;

    private final TestIngress ingress = TestIngress.start();
    private CompletableFuture<HttpResponse<String>> pending;
    private String id;

    @BeforeEach
    void begin() throws Exception {
        pending = ingress.send(ingress.chat("smart", true));
        id = ingress.outbox.next().request().id();
        ingress.reply(new Reply.Frame(id, id + ":0:0", 0, TestIngress.stream(), null, CALL), "data: one\n\n");
        ingress.reply(new Reply.Frame(id, id + ":0:0", 1, null, null, CALL), "data: two\n\n");
    }

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldGoOnWithAnAttemptThatSaysSo() throws Exception {
        ingress.reply(continuing(2, id + ":0:0", CALL, false), "data: three\n\n");
        ingress.reply(new Reply.Frame(id, id + ":1:1", 3, null, TestIngress.END, 42), "data: [DONE]\n\n");

        assertThat(TestIngress.answer(pending).body())
                .isEqualTo("data: one\n\ndata: two\n\n: x-laneway-continued-by: d_0123456789ab\n"
                        + ": x-laneway-zone: cloud\n: x-laneway-attempts: 2\n: x-laneway-fallbacks: 1\n\n"
                        + "data: three\n\ndata: [DONE]\n\n");
    }

    @Test
    void shouldCountTheFallback() throws Exception {
        ingress.reply(continuing(2, id + ":0:0", CALL, true), "data: [DONE]\n\n");
        TestIngress.answer(pending);

        assertThat(ingress.count(IngressMetric.FALLBACKS, MetricTag.ROUTE, "smart", MetricTag.LANE, "premium"))
                .isEqualTo(1);
    }

    @Test
    void shouldGoOnOnceMore() throws Exception {
        ingress.reply(continuing(2, id + ":0:0", CALL, false), "data: three\n\n");
        ingress.reply(
                new Reply.Frame(
                        id,
                        id + ":2:2",
                        3,
                        TestIngress.stream(),
                        TestIngress.END,
                        43,
                        new Reply.Continued(id + ":1:1", 42)),
                "data: [DONE]\n\n");

        assertThat(TestIngress.answer(pending).body()).contains("three").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({":9:9,41", ":0:0,7"})
    void shouldIgnoreWhatGoesOnWithSomethingElse(String attempt, int call) throws Exception {
        ingress.reply(continuing(2, id + attempt, call, false), "data: of another\n\n");
        ingress.reply(new Reply.Frame(id, id + ":0:0", 2, null, TestIngress.END, CALL), "data: [DONE]\n\n");

        assertThat(TestIngress.answer(pending).body()).isEqualTo("data: one\n\ndata: two\n\ndata: [DONE]\n\n");
        assertThat(ingress.count(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "other_attempt"))
                .isEqualTo(1);
    }

    @Test
    void shouldEndInBandWhereFramesBetweenAreMissing() throws Exception {
        ingress.reply(continuing(3, id + ":0:0", CALL, false), "data: three\n\n");

        assertThat(TestIngress.answer(pending).body())
                .startsWith("data: one\n\ndata: two\n\n")
                .contains("cut_stream")
                .doesNotContain("three")
                .doesNotContain("continued-by");
    }

    @Test
    void shouldIgnoreAContinuationThatComesTwice() throws Exception {
        ingress.reply(continuing(2, id + ":0:0", CALL, false), "data: three\n\n");
        ingress.reply(continuing(2, id + ":0:0", CALL, false), "data: three\n\n");
        ingress.reply(new Reply.Frame(id, id + ":1:1", 3, null, TestIngress.END, 42), "data: [DONE]\n\n");

        assertThat(TestIngress.answer(pending).body()).containsOnlyOnce("three").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldEndInBandWhereNobodyCouldGoOn() throws Exception {
        ingress.reply(continuing(2, id + ":0:0", CALL, false), "data: three\n\n");
        ingress.reply(new Reply.Failed(id, Failure.of(FailureKind.CUT_STREAM, "cut"), 502, 2, 1), "");

        assertThat(TestIngress.answer(pending).body()).contains("three").contains("\"code\":\"cut_stream\"");
    }

    private Reply.Frame continuing(int seq, String attempt, int call, boolean last) {
        return new Reply.Frame(
                id,
                id + ":1:1",
                seq,
                TestIngress.head(2, 1, "text/event-stream"),
                last ? TestIngress.END : null,
                42,
                new Reply.Continued(attempt, call));
    }
}
