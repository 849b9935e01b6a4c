package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final int SCHEDULES = 20_000;

    @Test
    void shouldCommitNothingBeyondTheFirstUnfinished() {
        Watermark watermark = new Watermark(10);
        watermark.taken(10);
        watermark.taken(11);

        watermark.finish(11);

        assertThat(watermark.committable()).isEqualTo(10);
    }

    @Test
    void shouldJumpOverWhatWasFinishedBefore() {
        Watermark watermark = new Watermark(10);
        watermark.taken(10);
        watermark.taken(11);
        watermark.taken(15);
        watermark.finish(11);

        watermark.finish(10);

        assertThat(watermark.committable()).isEqualTo(15);
    }

    @Test
    void shouldCommitBehindTheLastWhenAllIsFinished() {
        Watermark watermark = new Watermark(0);
        watermark.taken(7);

        watermark.finish(7);

        assertThat(watermark.committable()).isEqualTo(8);
    }

    @Test
    void shouldKnowAnOffsetThatComesAgain() {
        Watermark watermark = new Watermark(0);
        watermark.taken(7);

        assertThat(watermark.isPast(7)).isTrue();
        assertThat(watermark.isPast(8)).isFalse();
    }

    @Test
    void shouldFinishARecordOnce() {
        Watermark watermark = new Watermark(0);
        watermark.taken(0);
        watermark.taken(1);

        assertThat(watermark.finish(1)).isTrue();
        assertThat(watermark.finish(1)).isFalse();
        assertThat(watermark.finish(99)).isFalse();
    }

    @Test
    void shouldRefuseAnOffsetTakenBefore() {
        Watermark watermark = new Watermark(5);
        watermark.taken(5);

        assertThatIllegalArgumentException().isThrownBy(() -> watermark.taken(5));
    }

    /** Against a model that is too simple to be wrong: the set of unfinished offsets. */
    @Test
    void shouldAgreeWithASetOfUnfinishedOffsetsUnderAnySchedule() {
        for (long seed = 0; seed < SCHEDULES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Watermark watermark = new Watermark(0);
            TreeSet<Long> unfinished = new TreeSet<>();
            List<Long> open = new ArrayList<>();
            long next = random.nextLong(1000);
            long behindLast = 0;
            for (int step = 0; step < 200; step++) {
                if (open.isEmpty() || random.nextInt(100) < 55) {
                    watermark.taken(next);
                    unfinished.add(next);
                    open.add(next);
                    behindLast = next + 1;
                    next += 1 + (random.nextInt(10) == 0 ? random.nextInt(5) : 0);
                } else {
                    long offset = open.remove(random.nextInt(open.size()));
                    watermark.finish(offset);
                    unfinished.remove(offset);
                }
                assertThat(watermark.unfinished()).isEqualTo(unfinished.size());
                assertThat(watermark.committable())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(unfinished.isEmpty() ? behindLast : unfinished.first());
            }
        }
    }
}
