package dev.laneway.router.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.runtime.kafka.NotOursException;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Vertx vertx = Vertx.vertx();
    private final Waiting waiting = new Waiting(vertx, 2);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static Taken<String> taken(long offset) {
        return new Taken<>("an event", "topic", 0, offset, 0, new byte[0]);
    }

    @Test
    void shouldEndAWaitAfterItsTime() {
        Future<Void> over = waiting.begin(taken(1), "req_1", 1);

        await().until(over::succeeded);
        assertThat(waiting.size()).isZero();
    }

    @Test
    void shouldKeepRoomForThoseThatDoNotWait() {
        waiting.begin(taken(1), "req_1", 100_000);
        waiting.begin(taken(2), "req_2", 100_000);

        assertThat(waiting.hasRoom(taken(3))).isFalse();
    }

    @Test
    void shouldLetGoOfWhatHasMoved() {
        Future<Void> gone = waiting.begin(taken(1), "req_1", 100_000);
        Taken<String> elsewhere = new Taken<>("an event", "topic", 1, 1, 0, new byte[0]);
        Future<Void> stays = waiting.begin(elsewhere, "req_2", 100_000);

        waiting.moved(Set.of(new TopicPartition("topic", 0)));

        assertThat(gone.cause()).isInstanceOf(NotOursException.class);
        assertThat(stays.isComplete()).isFalse();
        assertThat(waiting.size()).isEqualTo(1);
    }

    @Test
    void shouldEndNoWaitThatItAbandoned() {
        AtomicReference<Future<Void>> first = new AtomicReference<>();
        Future<Void> later = Future.future(over -> vertx.runOnContext(v -> {
            first.set(waiting.begin(taken(1), "req_1", 1)); // in one turn, so that its timer can't come between

            waiting.abandon();

            vertx.timer(50).<Void>mapEmpty().onComplete(over);
        }));

        await().until(later::succeeded);
        assertThat(first.get().isComplete()).isFalse();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void shouldCountWhatIsLeftToOthersAlsoOfWhatComesLater() {
        waiting.begin(taken(1), "req_1", 100_000);
        waiting.abandon();

        Future<Void> later = waiting.begin(taken(2), "req_2", 1);

        assertThat(waiting.left()).isEqualTo(2);
        assertThat(later.isComplete()).isFalse();
    }
}
