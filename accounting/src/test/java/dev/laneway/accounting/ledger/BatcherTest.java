package dev.laneway.accounting.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final long FOREVER = 3_600_000;

    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
    private final List<Promise<Void>> writes = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private Context context;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Batcher<Integer> batcher(int size, long gatherMillis) {
        return new Batcher<>(vertx, size, gatherMillis, batch -> {
            batches.add(List.copyOf(batch));
            Promise<Void> write = Promise.promise();
            writes.add(write);
            return write.future();
        });
    }

    private <T> T onContext(Supplier<T> step) throws Exception {
        Promise<T> promise = Promise.promise();
        context.runOnContext(v -> promise.complete(step.get()));
        return promise.future().await(5, TimeUnit.SECONDS);
    }

    private List<Future<Void>> add(Batcher<Integer> batcher, int from, int to) throws Exception {
        return onContext(() -> {
            List<Future<Void>> futures = new ArrayList<>();
            IntStream.range(from, to).forEach(i -> futures.add(batcher.add(i)));
            return futures;
        });
    }

    private void answer(int write, Future<Void> result) throws Exception {
        onContext(() -> {
            result.onComplete(writes.get(write));
            return null;
        });
    }

    @Test
    void shouldWriteAFullBatchAtOnce() throws Exception {
        add(batcher(3, FOREVER), 0, 3);
        assertThat(batches).containsExactly(List.of(0, 1, 2));
    }

    @Test
    void shouldWriteWhatThereIsAfterAWhile() throws Exception {
        add(batcher(3, 20), 0, 2);
        await().until(() -> batches.equals(List.of(List.of(0, 1))));
    }

    @Test
    void shouldNotWriteBeforeThat() throws Exception {
        add(batcher(3, FOREVER), 0, 2);
        assertThat(batches).isEmpty();
    }

    @Test
    void shouldKeepTheOrderWithOneWriteAtATime() throws Exception {
        Batcher<Integer> batcher = batcher(2, FOREVER);
        add(batcher, 0, 5);
        assertThat(batches).containsExactly(List.of(0, 1));

        answer(0, Future.succeededFuture());
        answer(1, Future.succeededFuture());

        assertThat(batches).containsExactly(List.of(0, 1), List.of(2, 3));
    }

    @Test
    void shouldGatherWhatCameDuringAWriteForAsLongAsAnythingElse() throws Exception {
        Batcher<Integer> batcher = batcher(3, FOREVER);
        add(batcher, 0, 4);

        answer(0, Future.succeededFuture());
        assertThat(batches).containsExactly(List.of(0, 1, 2));

        add(batcher, 4, 6);
        assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
    }

    @Test
    void shouldWriteWhatCameDuringAWriteAfterAWhile() throws Exception {
        Batcher<Integer> batcher = batcher(3, 20);
        add(batcher, 0, 4);

        answer(0, Future.succeededFuture());

        await().until(() -> batches.equals(List.of(List.of(0, 1, 2), List.of(3))));
    }

    @Test
    void shouldFlushAfterTheWriteThatIsUnderWay() throws Exception {
        Batcher<Integer> batcher = batcher(3, FOREVER);
        add(batcher, 0, 4);
        onContext(() -> {
            batcher.flush();
            return null;
        });
        assertThat(batches).containsExactly(List.of(0, 1, 2));

        answer(0, Future.succeededFuture());
        assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(3));
    }

    @Test
    void shouldGatherAgainAfterAFlush() throws Exception {
        Batcher<Integer> batcher = batcher(3, FOREVER);
        add(batcher, 0, 1);
        onContext(() -> {
            batcher.flush();
            return null;
        });
        answer(0, Future.succeededFuture());

        add(batcher, 1, 3);

        assertThat(batches).containsExactly(List.of(0));
    }

    @Test
    void shouldTellWhenItIsWritten() throws Exception {
        Batcher<Integer> batcher = batcher(2, FOREVER);
        List<Future<Void>> futures = add(batcher, 0, 3);
        assertThat(futures).noneMatch(Future::isComplete);
        assertThat(batcher.waiting()).isEqualTo(3);

        answer(0, Future.succeededFuture());

        assertThat(futures.get(0).succeeded()).isTrue();
        assertThat(futures.get(1).succeeded()).isTrue();
        assertThat(futures.get(2).isComplete()).isFalse();
        assertThat(batcher.waiting()).isEqualTo(1);
    }

    @Test
    void shouldWriteAFailedBatchAgainBeforeAnyOther() throws Exception {
        Batcher<Integer> batcher = batcher(2, FOREVER);
        List<Future<Void>> futures = add(batcher, 0, 4);
        answer(0, Future.failedFuture("away"));
        await().until(() -> batches.size() == 2);
        answer(1, Future.failedFuture("away"));
        await().until(() -> batches.size() == 3);
        assertThat(futures).noneMatch(Future::isComplete);

        answer(2, Future.succeededFuture());

        assertThat(batches).containsExactly(List.of(0, 1), List.of(0, 1), List.of(0, 1), List.of(2, 3));
    }

    @Test
    void shouldFlushWithoutWaiting() throws Exception {
        Batcher<Integer> batcher = batcher(10, FOREVER);
        add(batcher, 0, 2);

        flush(batcher);

        assertThat(batches).containsExactly(List.of(0, 1));
    }

    @Test
    void shouldWriteOneAtATimeHoweverOftenItIsFlushed() throws Exception {
        Batcher<Integer> batcher = batcher(2, FOREVER);
        add(batcher, 0, 3);
        flush(batcher);
        assertThat(batches).containsExactly(List.of(0, 1));

        answer(0, Future.succeededFuture());

        assertThat(batches).containsExactly(List.of(0, 1), List.of(2));
    }

    private void flush(Batcher<Integer> batcher) throws Exception {
        onContext(() -> {
            batcher.flush();
            return null;
        });
    }

    @Test
    void shouldHoldNoMoreThanIsAddedOnceHoweverOftenItIsTakenBack() throws Exception {
        Batcher<Integer> batcher = batcher(10, FOREVER);
        add(batcher, 0, 10); // under way for ever

        for (int rebalance = 0; rebalance < 20; rebalance++) {
            add(batcher, 10, 45);
            forget(batcher, item -> item % 2 == 0);
            add(batcher, 100, 120);
            forget(batcher, item -> true);
        }
        add(batcher, 10, 45);

        assertThat(batcher.waiting()).isEqualTo(45);
    }

    @Test
    void shouldWriteInOrderWhatIsLeftWhenSomeIsTakenBack() throws Exception {
        Batcher<Integer> batcher = batcher(2, FOREVER);
        List<Future<Void>> futures = add(batcher, 0, 8);

        forget(batcher, item -> item < 5); // 0 and 1 are under way
        for (int write = 0; write < 3; write++) {
            answer(write, Future.succeededFuture());
        }

        assertThat(batches).containsExactly(List.of(0, 1), List.of(5), List.of(6, 7));
        assertThat(futures.subList(5, 8)).allMatch(Future::succeeded);
        assertThat(batcher.waiting()).isZero();
    }

    private void forget(Batcher<Integer> batcher, Predicate<Integer> gone) throws Exception {
        onContext(() -> {
            batcher.forget(gone);
            return null;
        });
    }
}
