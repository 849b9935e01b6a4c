package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
    private static StartMark mark(PartitionProgress.Due due) {
        return Objects.requireNonNull(Objects.requireNonNull(due).mark());
    }

    private static PartitionProgress taken(long position, StartMark before) {
        return PartitionProgress.marked(new InheritedMarks.Inherited(position, 100, before), "e2");
    }

    @Test
    void shouldSayWhatMemoryIsToldOnceNothingOfAMemberBeforeIsLeft() {
        PartitionProgress progress = taken(10, new StartMark(12, "e1"));
        progress.accepted(progress.due("e2", "e2", 0, 0));

        assertThat(mark(progress.due("e2", "e2", 0, PartitionProgress.RENEW_NANOS))
                        .told())
                .isEqualTo(StartMark.NO_EPOCH);
        progress.taken(10);
        progress.taken(11);
        progress.finish(10);
        progress.finish(11);
        assertThat(mark(progress.due("e2", "e2", 0, PartitionProgress.RENEW_NANOS))
                        .told())
                .isEqualTo("e2");
    }

    @Test
    void shouldSayAtOnceThatTheMemoryIsTold() {
        PartitionProgress progress = taken(10, new StartMark(10, "e2"));
        progress.accepted(progress.due("e2", StartMark.NO_EPOCH, 0, 0));

        PartitionProgress.Due due = progress.due("e2", "e2", 0, 1);

        assertThat(mark(due).told()).isEqualTo("e2");
    }

    @Test
    void shouldHaveNothingToSayWhereNothingIsNew() {
        PartitionProgress progress = taken(10, new StartMark(10, "e2"));
        progress.accepted(progress.due("e2", "e2", 0, 0));

        assertThat(progress.due("e2", "e2", 0, 1)).isNull();
    }
}
