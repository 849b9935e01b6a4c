package dev.laneway.accounting.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.money.Booking;
import dev.laneway.runtime.money.BudgetStore;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Redis is to forget of a budget that came back, it forgets: what was spent meanwhile was not counted. */
class BudgetKeeperTest {
    private static final Window WINDOW = new Window(Scope.KEY, "ada", "monthly", 0, 1_000_000, 5);

    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = Meters.create();
    private final Store store = new Store();
    private volatile boolean writer = true;
    private final BudgetKeeper keeper = new BudgetKeeper(
            vertx,
            store,
            new NoLedger(),
            new Restoration((group, partitions) -> away(), topics -> away(), Optional::empty),
            List::of,
            () -> "e1",
            () -> writer,
            () -> 1_000L,
            meters);

    private static <T> Future<T> away() {
        return Future.failedFuture("away");
    }

    @AfterEach
    void close() throws Exception {
        keeper.close();
        vertx.close().await(10, TimeUnit.SECONDS);
        meters.close();
    }

    private void forget() throws Exception {
        Future.<Void>future(done -> vertx.runOnContext(v -> {
                    keeper.forget(List.of(WINDOW));
                    done.complete();
                }))
                .await(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellRedisOnceItIsBack() throws Exception {
        store.there = false;
        forget();
        store.there = true;

        await().until(() -> store.forgotten.contains(WINDOW));
    }

    @Test
    void shouldTellWhatTheWriterBeforeMayHaveLeft() throws Exception {
        writer = false;
        forget();
        assertThat(store.forgotten).isEmpty();
        writer = true;

        await().until(() -> store.forgotten.contains(WINDOW));
    }

    private static final class NoLedger implements Spending {
        @Override
        public Future<Money> in(Window window) {
            return away();
        }

        @Override
        public Future<Set<String>> known(Collection<String> attempts) {
            return away();
        }
    }

    /** One that is asked for nothing else. */
    private static final class Store implements BudgetStore {
        private final List<Window> forgotten = new CopyOnWriteArrayList<>();
        private volatile boolean there = true;

        @Override
        public Future<Void> book(List<Booking> bookings) {
            return away();
        }

        @Override
        public Future<Void> release(List<String> attempts) {
            return away();
        }

        @Override
        public Future<List<String>> wanted(int most) {
            return away();
        }

        @Override
        public Future<String> bookings(Window window) {
            return away();
        }

        @Override
        public Future<Boolean> load(Window window, long spent, String bookings) {
            return away();
        }

        @Override
        public Future<Void> forget(Window window) {
            if (!there) {
                return away();
            }
            forgotten.add(window);
            return Future.succeededFuture();
        }

        @Override
        public Future<Boolean> ready(String epoch) {
            return away();
        }

        @Override
        public Future<Boolean> isReady() {
            return away();
        }

        @Override
        public Future<List<Unbooked>> unbooked(long sentBefore, long settledBefore, int most) {
            return away();
        }

        @Override
        public Future<Long> sweep() {
            return away();
        }

        @Override
        public Future<Void> tidy() {
            return away();
        }
    }
}
