package dev.laneway.runtime.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
    private long now = 1_000_000;
    private boolean available = true;
    private final List<Fact.Noticed> published = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Counter noticed = registry.counter("noticed");
    private final Counter overflow = registry.counter("overflow");
    private final NoticeBoard board = new NoticeBoard("gw-1", () -> now, noticed, overflow);
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

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void shouldGatherByKeyAndKind() {
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        now += 10;
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        board.noticed("ada", NoticeKind.RATE_LIMIT);
        board.noticed("bob", NoticeKind.RATE_LIMIT);

        board.publish(outlet);

        assertThat(published)
                .extracting(Fact.Noticed::owner, Fact.Noticed::kind, Fact.Noticed::count)
                .containsExactlyInAnyOrder(
                        tuple("ada", NoticeKind.FORBIDDEN_MODEL, 2),
                        tuple("ada", NoticeKind.RATE_LIMIT, 1),
                        tuple("bob", NoticeKind.RATE_LIMIT, 1));
        assertThat(published).extracting(Fact.Noticed::id).doesNotHaveDuplicates();
        assertThat(noticed.count()).isEqualTo(4);
    }

    @Test
    void shouldPublishOnceASecond() {
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        board.publish(outlet);
        published.clear();
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);

        now += 999;
        board.publish(outlet);
        assertThat(published).isEmpty();
        now += 1;
        board.publish(outlet);
        assertThat(published).hasSize(1);
    }

    @Test
    void shouldKeepWhatItGatheredWhileTheBrokerIsAway() {
        available = false;
        board.noticed("ada", NoticeKind.UNCOUNTED);
        board.publish(outlet);
        board.noticed("ada", NoticeKind.UNCOUNTED);
        available = true;

        board.publish(outlet);

        assertThat(published).extracting(Fact.Noticed::count).containsExactly(2);
    }

    @Test
    void shouldPublishTheRestAtTheEnd() {
        board.publish(outlet);
        board.noticed("ada", NoticeKind.UNCOUNTED);
        board.publish(outlet);
        board.noticed("ada", NoticeKind.UNCOUNTED);

        board.publishRest(outlet);

        assertThat(published).extracting(Fact.Noticed::count).containsExactly(1, 1);
    }

    @Test
    void shouldHaveABound() {
        for (int i = 0; i < NoticeBoard.MOST + 5; i++) {
            board.noticed("key_" + i, NoticeKind.RATE_LIMIT);
        }
        board.noticed("key_0", NoticeKind.RATE_LIMIT);

        board.publish(outlet);

        assertThat(published).hasSize(NoticeBoard.MOST);
        assertThat(overflow.count()).isEqualTo(5);
    }
}
