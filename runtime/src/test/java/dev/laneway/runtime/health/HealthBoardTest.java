package dev.laneway.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthBoardTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger checks = new AtomicInteger();
    private volatile Future<Void> answer = Future.succeededFuture();

    private final HealthProbe probe = new HealthProbe() {
        @Override
        public String service() {
            return HealthBoard.CACHE;
        }

        @Override
        public Future<Void> check() {
            checks.incrementAndGet();
            return answer;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    };

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldNotCallAServerHealthyThatHasNotAnsweredYet() {
        answer = Promise.<Void>promise().future();

        HealthBoard board = HealthBoard.open(vertx, List.of(probe), Duration.ofMinutes(1));

        assertThat(board.state(HealthBoard.CACHE)).isEqualTo(ServiceState.UNHEALTHY);
        assertThat(board.state(HealthBoard.DATABASE)).isEqualTo(ServiceState.NOT_CONFIGURED);
    }

    @Test
    void shouldAskAgainAndAgain() {
        HealthBoard board = HealthBoard.open(vertx, List.of(probe), Duration.ofMillis(10));

        await().until(() -> checks.get() > 3);
        assertThat(board.state(HealthBoard.CACHE)).isEqualTo(ServiceState.HEALTHY);
    }

    @Test
    void shouldForgiveOneFailure() {
        HealthBoard board = HealthBoard.open(vertx, List.of(probe), Duration.ofMillis(10));
        await().until(() -> board.state(HealthBoard.CACHE) == ServiceState.HEALTHY);

        answer = Future.failedFuture("away");

        await().until(() -> board.state(HealthBoard.CACHE) == ServiceState.UNHEALTHY);
        assertThat(checks.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldNotWaitForAServerThatSaysNothing() {
        HealthBoard board = HealthBoard.open(vertx, List.of(probe), Duration.ofMillis(20));
        await().until(() -> board.state(HealthBoard.CACHE) == ServiceState.HEALTHY);

        answer = Promise.<Void>promise().future();

        await().until(() -> board.state(HealthBoard.CACHE) == ServiceState.UNHEALTHY);
    }
}
