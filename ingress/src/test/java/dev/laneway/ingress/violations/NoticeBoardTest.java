package dev.laneway.ingress.violations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.NoticeKind;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
    private long now = 1_000_000;
    private final Meters meters = Meters.create();
    private final NoticeBoard board = new NoticeBoard("gw-1", () -> now, meters);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldGatherByKeyAndKind() {
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        now += 10;
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        board.noticed("ada", NoticeKind.RATE_LIMIT);
        board.noticed("bob", NoticeKind.RATE_LIMIT);

        List<Fact.Noticed> taken = board.take();

        assertThat(taken)
                .extracting(Fact.Noticed::owner, Fact.Noticed::kind, Fact.Noticed::count)
                .containsExactlyInAnyOrder(
                        tuple("ada", NoticeKind.FORBIDDEN_MODEL, 2),
                        tuple("ada", NoticeKind.RATE_LIMIT, 1),
                        tuple("bob", NoticeKind.RATE_LIMIT, 1));
        assertThat(taken).extracting(Fact.Noticed::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldGiveSomethingOnceASecond() {
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);
        board.take();
        board.noticed("ada", NoticeKind.FORBIDDEN_MODEL);

        now += 999;
        assertThat(board.take()).isEmpty();
        now += 1;
        assertThat(board.take()).hasSize(1);
    }

    @Test
    void shouldHaveABound() {
        for (int i = 0; i < NoticeBoard.MOST + 5; i++) {
            board.noticed("key_" + i, NoticeKind.RATE_LIMIT);
        }
        board.noticed("key_0", NoticeKind.RATE_LIMIT);

        assertThat(board.take()).hasSize(NoticeBoard.MOST);
        assertThat(meters.counter(IngressMetric.NOTICES_DROPPED, MetricTag.REASON, "too_many_keys")
                        .count())
                .isEqualTo(5);
    }
}
