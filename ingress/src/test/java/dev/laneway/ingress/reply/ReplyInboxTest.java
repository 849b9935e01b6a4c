package dev.laneway.ingress.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Event;
import dev.laneway.contracts.Reply;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplyInboxTest {
    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final Context loop = vertx.getOrCreateContext();
    private final ReplyInbox inbox = inbox();
    private final List<Integer> sequence = new ArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final ReplyReceiver receiver = new ReplyReceiver() {
        @Override
        public void onReply(Reply reply, byte[] value) {
            sequence.add(((Reply.Frame) reply).seq());
        }

        @Override
        public void onReplyLost() {
            lost.incrementAndGet();
        }
    };

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        meters.close();
    }

    @Test
    void shouldKeepTheOrderAcrossLoops() {
        inbox.expect("req_1", receiver);

        for (int i = 0; i < 10_000; i++) {
            inbox.offer("req_1", frame("req_1", i), null);
        }

        await().until(() -> sequence.size() == 10_000);
        assertThat(sequence).isSorted();
    }

    @Test
    void shouldSayWhatItCouldNotHold() throws Exception {
        inbox.expect("req_1", receiver);
        CountDownLatch busy = new CountDownLatch(1);
        loop.runOnContext(v -> join(busy));
        byte[] frame = frame("req_1", 0);

        for (int i = 0; i < 70_000; i++) {
            inbox.offer("req_1", frame, null);
        }
        busy.countDown();

        await().until(() -> sequence.size() + lost.get() == 70_000);
        assertThat(sequence).hasSize(65_536);
        assertThat(meters.counter(IngressMetric.FRAMES_IGNORED, MetricTag.REASON, "inbox_full")
                        .count())
                .isEqualTo(70_000 - 65_536);
    }

    @Test
    void shouldPassOverRecordsOfOthers() {
        ReplyDispatcher dispatcher = new ReplyDispatcher();
        dispatcher.add(inbox);
        inbox.expect("req_1", receiver);
        ConsumerRecord<String, byte[]> foreign = new ConsumerRecord<>("lw.cloud.replies", 0, 0, "req_2", null);
        foreign.headers().add(Event.HEADER, "not even json".getBytes());
        ConsumerRecord<String, byte[]> bare = new ConsumerRecord<>("lw.cloud.replies", 0, 1, "req_1", null);
        ConsumerRecord<String, byte[]> own = new ConsumerRecord<>("lw.cloud.replies", 0, 2, "req_1", null);
        own.headers().add(Event.HEADER, frame("req_1", 7));

        dispatcher.take(foreign);
        dispatcher.take(bare);
        dispatcher.take(own);

        await().untilAsserted(() -> assertThat(sequence).containsExactly(7));
        assertThat(lost).hasValue(0);
    }

    @Test
    void shouldForget() {
        inbox.expect("req_1", receiver);

        inbox.forget("req_1");

        assertThat(inbox.offer("req_1", frame("req_1", 0), null)).isFalse();
    }

    private ReplyInbox inbox() {
        CompletableFuture<ReplyInbox> made = new CompletableFuture<>();
        loop.runOnContext(v -> made.complete(new ReplyInbox(loop, meters)));
        return made.join();
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] frame(String id, int seq) {
        return EventCodec.of(Reply.class).encode(new Reply.Frame(id, id + ":0:0", seq, null, null));
    }
}
