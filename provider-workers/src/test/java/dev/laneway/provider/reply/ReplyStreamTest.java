package dev.laneway.provider.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Health;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.Zone;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of it on one context, turn by turn. */
class ReplyStreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Held outbox = new Held();
    private final ReplyStream stream = new ReplyStream(
            context,
            outbox,
            new ReplyAddress("lw.cloud.replies", 0),
            "req",
            "req:0:0",
            new Reply.Head("d_1", Zone.CLOUD, 1, 0, "text/event-stream", Map.of()),
            () -> {},
            () -> {});

    /** Acknowledges when told. */
    private static final class Held implements Outbox {
        final List<String> frames = new ArrayList<>();
        final ArrayDeque<Promise<RecordMetadata>> open = new ArrayDeque<>();
        boolean room = true;

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public Future<RecordMetadata> frame(ReplyAddress to, Reply.Frame frame, byte[] bytes) {
            frames.add(new String(bytes) + (frame.end() == null ? "" : "|end"));
            Promise<RecordMetadata> promise = Promise.promise();
            open.addLast(promise);
            return promise.future();
        }

        void acknowledge() {
            open.removeFirst().complete(new RecordMetadata(new TopicPartition("r", 0), frames.size(), 0, 0, 0, 0));
        }

        @Override
        public Future<RecordMetadata> failed(String topic, FailedAttempt failed, byte[] body) {
            return Future.failedFuture("not of this test");
        }

        @Override
        public Future<RecordMetadata> fact(Fact.Attempted fact) {
            return Future.failedFuture("not of this test");
        }

        @Override
        public Future<RecordMetadata> health(Health health) {
            return Future.failedFuture("not of this test");
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private void turn(Runnable what) throws Exception {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            what.run();
            context.runOnContext(after -> done.complete());
        });
        done.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldMakeOneFrameOfWhatOneTurnBrings() throws Exception {
        turn(() -> {
            stream.write("a".getBytes());
            stream.open();
            stream.write("b".getBytes());
            stream.write("c".getBytes());
        });

        assertThat(outbox.frames).containsExactly("abc");
    }

    @Test
    void shouldGatherWhileAFrameIsOnItsWay() throws Exception {
        turn(() -> {
            stream.open();
            stream.write("a".getBytes());
        });
        turn(() -> stream.write("b".getBytes()));
        turn(() -> stream.write("c".getBytes()));
        List<String> before = List.copyOf(outbox.frames);

        turn(outbox::acknowledge);

        assertThat(before).containsExactly("a");
        assertThat(outbox.frames).containsExactly("a", "bc");
    }

    @Test
    void shouldNotWaitForAcknowledgementsToEnd() throws Exception {
        turn(() -> {
            stream.open();
            stream.write("a".getBytes());
        });
        List<Future<Void>> ended = new ArrayList<>();

        turn(() -> {
            stream.write("b".getBytes());
            ended.add(stream.end(TokenUsage.NONE));
        });
        boolean early = ended.getFirst().isComplete();
        turn(outbox::acknowledge);
        boolean half = ended.getFirst().isComplete();
        turn(outbox::acknowledge);

        assertThat(outbox.frames).containsExactly("a", "b|end");
        assertThat(early || half).isFalse();
        assertThat(ended.getFirst().succeeded()).isTrue();
        assertThat(stream.firstOffset()).isLessThanOrEqualTo(stream.lastOffset());
    }

    @Test
    void shouldDropWhatWasHeldWhenAbandonedBeforeItOpened() throws Exception {
        List<Future<Void>> quiet = new ArrayList<>();

        turn(() -> {
            stream.write("prelude".getBytes());
            quiet.add(stream.abandon());
        });

        assertThat(outbox.frames).isEmpty();
        assertThat(quiet.getFirst().succeeded()).isTrue();
    }

    @Test
    void shouldDeliverWhatWasGoodWhenAbandonedAfterwards() throws Exception {
        turn(() -> {
            stream.open();
            stream.write("a".getBytes());
        });
        List<Future<Void>> quiet = new ArrayList<>();

        turn(() -> {
            stream.write("b".getBytes());
            quiet.add(stream.abandon());
        });
        boolean early = quiet.getFirst().isComplete();
        turn(outbox::acknowledge);
        turn(outbox::acknowledge);

        assertThat(outbox.frames).containsExactly("a", "b");
        assertThat(early).isFalse();
        assertThat(quiet.getFirst().succeeded()).isTrue();
    }

    @Test
    void shouldWaitForRoom() throws Exception {
        outbox.room = false;
        turn(() -> {
            stream.write("a".getBytes());
            stream.end(null);
        });
        List<String> before = List.copyOf(outbox.frames);

        outbox.room = true;
        turn(stream::pump);

        assertThat(before).isEmpty();
        assertThat(outbox.frames).containsExactly("a|end");
    }
}
