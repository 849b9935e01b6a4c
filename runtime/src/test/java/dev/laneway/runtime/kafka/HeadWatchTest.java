package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.runtime.meters.Meters;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadWatchTest {
    private final Meters meters = Meters.create();
    private final HeadWatch watch = new HeadWatch("readers", meters);
    private final PartitionWork mine = new PartitionWork(1, 1);
    private final Map<TopicPartition, PartitionWork> work = Map.of(new TopicPartition("topic", 0), mine);

    HeadWatchTest() {
        mine.progress = PartitionProgress.unmarked();
        mine.taken(mine.progress, 7, 1_000);
        mine.taken(mine.progress, 8, 2_000);
    }

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldShowTheAgeOfTheOldest() {
        watch.look(work, 31_000);

        assertThat(meters.scrape()).contains("laneway_source_head_age_seconds{role=\"readers\"} 30.0");
    }

    @Test
    void shouldWarnOfOneThatIsOldAndNotAgainAtOnce() {
        boolean first = watch.look(work, 1_000 + HeadWatch.OLD_MILLIS);
        boolean second = watch.look(work, 2_000 + HeadWatch.OLD_MILLIS);
        boolean later = watch.look(work, 1_000 + 2 * HeadWatch.OLD_MILLIS);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(later).isTrue();
    }

    @Test
    void shouldNotWarnOfWhatIsFinished() {
        mine.finish(7);
        mine.finish(8);

        assertThat(watch.look(work, 1_000 + HeadWatch.OLD_MILLIS)).isFalse();
    }
}
