package dev.laneway.runtime.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By a clock and timers that the test moves. */
class NoticePostTest {
    private static final long START = 1_795_000_000_000L;

    private final Map<Long, Periodic> timers = new HashMap<>();
    private final List<Fact.Noticed> published = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NoticeOutlet outlet = new NoticeOutlet() {
        @Override
        public void notice(Fact.Noticed noticed) {
            published.add(noticed);
        }

        @Override
        public boolean available() {
            return available;
        }
    };
    private final NoticeBoard board =
            new NoticeBoard("r", () -> this.now, registry.counter("noticed"), registry.counter("overflow"));
    private long now = START;
    private boolean available = true;

    private record Periodic(long begun, long millis, Handler<Long> handler) {}

    @AfterEach
    void close() {
        registry.close();
    }

    private NoticePost open() {
        return NoticePost.open(virtual(), board, outlet);
    }

    private Vertx virtual() {
        return (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(),
                new Class<?>[] {Vertx.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "setPeriodic" -> {
                        @SuppressWarnings("unchecked") // as Vert.x says it
                        Handler<Long> handler = (Handler<Long>) arguments[1];
                        long id = timers.size() + 1L;
                        timers.put(id, new Periodic(now, (Long) arguments[0], handler));
                        yield id;
                    }
                    case "cancelTimer" -> timers.remove((Long) arguments[0]) != null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void pass(long millis) {
        for (long end = now + millis; now < end; ) {
            now++;
            timers.forEach((id, timer) -> {
                if ((now - timer.begun) % timer.millis == 0) {
                    timer.handler.handle(id);
                }
            });
        }
    }

    private int counted() {
        return published.stream().mapToInt(Fact.Noticed::count).sum();
    }

    @Test
    void shouldPublishByItselfWhatWasNoticed() {
        open();
        board.noticed("ada", NoticeKind.UNCOUNTED);

        pass(1_250);

        assertThat(published).singleElement().satisfies(fact -> {
            assertThat(fact.owner()).isEqualTo("ada");
            assertThat(fact.kind()).isEqualTo(NoticeKind.UNCOUNTED);
            assertThat(fact.count()).isEqualTo(1);
        });
    }

    @Test
    void shouldMakeOneFactASecondOfAStormAndLoseNoneOfIt() {
        open();

        for (int call = 0; call < 10_000; call++) {
            board.noticed("ada", NoticeKind.UNCOUNTED);
            pass(1);
        }

        pass(1_250);
        assertThat(published).hasSizeBetween(10, 12);
        assertThat(counted()).isEqualTo(10_000);
    }

    @Test
    void shouldKeepWhatItHasWhileTheBrokerIsAway() {
        open();
        available = false;
        board.noticed("ada", NoticeKind.UNCOUNTED);
        pass(60_000);
        assertThat(published).isEmpty();
        board.noticed("ada", NoticeKind.UNCOUNTED);
        available = true;

        pass(250);

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void shouldPublishTheRestAtTheEndAndLookNoMore() {
        NoticePost post = open();
        board.noticed("ada", NoticeKind.UNCOUNTED);
        pass(250);
        board.noticed("ada", NoticeKind.UNCOUNTED);

        post.close();

        assertThat(counted()).isEqualTo(2);
        assertThat(timers).isEmpty();
    }
}
