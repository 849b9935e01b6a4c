package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Signal;
import dev.laneway.ingress.limits.Bounds;
import dev.laneway.ingress.limits.Waits;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientTest {
    private static final int PIECE = 64 * 1024;
    private static final int MIB = 1 << 20;
    /** Megabytes of an answer that the kernel's buffers don't take. */
    private static final int LARGE = 16;

    private static final String DATA = "data: " + "x".repeat(PIECE - 8) + "\n\n";

    private TestIngress ingress;
    private RawClient client;
    private String id;
    private int seq;

    @BeforeEach
    void start() throws Exception {
        begin(new Bounds(10, MIB, 8 * MIB, MIB, 1L << 30, 10), Duration.ofMillis(500));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        ingress.close();
    }

    @Test
    void shouldPauseTheWorkerOfAClientThatDoesNotRead() {
        pourUntilPaused();

        assertThat(ingress.outbox.signals).containsExactly(new Signal.Pause(id));
        assertThat(ingress.memory.held()).isGreaterThanOrEqualTo(MIB);
        assertThat(ingress.count(IngressMetric.CLIENT_PAUSES)).isEqualTo(1);
    }

    @Test
    void shouldResumeTheWorkerWhenTheClientCatchesUp() throws Exception {
        pourUntilPaused();
        frame("data: end\n\n", true);

        String all = client.readUntil("data: end\n\n");

        assertThat(all.split("data: x", -1)).hasSize(seq);
        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
        await().untilAsserted(() -> assertThat(ingress.inFlight).hasValue(0));
    }

    @Test
    void shouldSendResumeBeforeTheAnswerIsWhole() throws Exception {
        pourUntilPaused();

        client.readUntil("data: x");
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                client.readAll();
            } catch (java.io.IOException closedByTheTest) {
                // the test is over
            }
        });

        await().untilAsserted(() ->
                assertThat(ingress.outbox.signals).containsExactly(new Signal.Pause(id), new Signal.Resume(id)));
        reader.interrupt();
    }

    @Test
    void shouldPauseTheWorkerThatContinuesAStreamToo() {
        pourUntilPaused();

        ingress.reply(
                new Reply.Frame(
                        id, id + ":1:1", seq, TestIngress.stream(), null, 7, new Reply.Continued(id + ":0:0", 0)),
                DATA);

        await().untilAsserted(() ->
                assertThat(ingress.outbox.signals).startsWith(new Signal.Pause(id), new Signal.Pause(id)));
    }

    @Test
    void shouldGiveUpAClientThatStaysFull() {
        pourUntilPaused();

        await().untilAsserted(() -> assertThat(ingress.outbox.signals).contains(new Signal.Cancel(id)));
        await().untilAsserted(
                        () -> assertThat(ingress.loops.getFirst().connections()).isZero());
        assertThat(cancelledAsSlow()).isEqualTo(1);
        assertThat(ingress.memory.held()).isZero();
        assertThat(ingress.inFlight).hasValue(0);
    }

    @Test
    void shouldGiveUpAClientWhoseWorkerDoesNotPause() throws Exception {
        close();
        begin(new Bounds(10, MIB, MIB, MIB, 1L << 30, 10), Duration.ofMinutes(1));

        pour(() -> ingress.outbox.signals.contains(new Signal.Cancel(id)));

        await().untilAsserted(
                        () -> assertThat(ingress.loops.getFirst().connections()).isZero());
        assertThat(ingress.memory.held()).isZero();
    }

    @Test
    void shouldHoldALargeAnswerThatIsNoStreamForItsClient() throws Exception {
        askForAWholeAnswer(Duration.ofMinutes(1));
        answerInMegabytes();
        long heldForIt = ingress.memory.held();

        String answer = client.readUntil("the end");

        assertThat(heldForIt).isGreaterThanOrEqualTo(2 * MIB);
        assertThat(answer).contains("content-length: " + (LARGE * MIB + 7));
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(LARGE * MIB + 7);
        await().untilAsserted(() -> assertThat(ingress.memory.held()).isZero());
        await().untilAsserted(() -> assertThat(ingress.inFlight).hasValue(0));
    }

    @Test
    void shouldGiveUpAClientThatDoesNotTakeALargeAnswer() throws Exception {
        askForAWholeAnswer(Duration.ofMillis(500));

        answerInMegabytes();

        await().untilAsserted(
                        () -> assertThat(ingress.loops.getFirst().connections()).isZero());
        assertThat(cancelledAsSlow()).isEqualTo(1);
        assertThat(ingress.memory.held()).isZero();
        assertThat(ingress.outbox.signals).isEmpty();
    }

    @Test
    void shouldServeOthersMeanwhile() throws Exception {
        pourUntilPaused();
        var pending = ingress.send(ingress.chat("smart", false));

        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");

        assertThat(TestIngress.answer(pending).statusCode()).isEqualTo(200);
    }

    private double cancelledAsSlow() {
        return ingress.count(
                IngressMetric.CANCELLED,
                MetricTag.ROUTE,
                "smart",
                MetricTag.LANE,
                "premium",
                MetricTag.REASON,
                "slow_client");
    }

    /** By a client that does not read yet. */
    private void askForAWholeAnswer(Duration patience) throws Exception {
        close();
        begin(new Bounds(10, MIB, MIB, 2 * LARGE * MIB, 1L << 30, 10), patience);
        client.close();
        client = new RawClient(ingress.port).chat(false);
        id = ingress.outbox.next().request().id();
        await().until(() -> !ingress.outbox.signals.isEmpty());
        ingress.outbox.signals.clear();
    }

    private void answerInMegabytes() {
        for (int i = 0; i < LARGE; i++) {
            frame("x".repeat(MIB), false);
        }
        frame("the end", true);
        settled();
    }

    private void begin(Bounds bounds, Duration patience) throws Exception {
        Waits waits = new Waits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                patience,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMillis(10));
        seq = 0;
        ingress = TestIngress.start(waits, bounds);
        client = new RawClient(ingress.port).chat(true);
        id = ingress.outbox.next().request().id();
    }

    private void pourUntilPaused() {
        pour(() -> !ingress.outbox.signals.isEmpty());
    }

    /** Plays a fast vendor; the kernel's own buffers take the first megabytes. */
    private void pour(java.util.function.BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            assertThat(seq).as("frames taken without an end").isLessThan(2_000);
            frame(DATA, false);
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(this::settled);
        }
    }

    private boolean settled() {
        return TestIngress.await(io.vertx.core.Future.future(
                promise -> ingress.loops.getFirst().context().runOnContext(v -> promise.complete(true))));
    }

    private void frame(String bytes, boolean last) {
        Reply.Head head = seq == 0 ? TestIngress.stream() : null;
        ingress.reply(new Reply.Frame(id, id + ":0:0", seq++, head, last ? TestIngress.END : null), bytes);
    }
}
