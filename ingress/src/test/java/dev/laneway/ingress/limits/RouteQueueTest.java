package dev.laneway.ingress.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteQueueTest {
    private static final long SECOND = 1_000_000_000;

    private final LaneGate lane = new LaneGate(20);
    private final RouteQueue queue = new RouteQueue(lane);
    private long now = 1_000 * SECOND;

    /** One after the other, each taking so long. */
    private void serve(int requests, long nanos) {
        for (int i = 0; i < requests; i++) {
            Place place = enter(600 * SECOND);
            now += nanos;
            place.answered(now);
        }
    }

    private Place enter(long leftNanos) {
        return ((Entry.Admitted) queue.enter(now, leftNanos)).place();
    }

    @Test
    void shouldLetInWhereNothingIsKnown() {
        enter(SECOND);

        assertThat(queue.enter(now, 1)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void shouldLetInWhoIsAloneHoweverSlowItWas() {
        serve(20, 10 * SECOND);

        assertThat(queue.enter(now, SECOND)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void shouldTurnDownWhoWouldBeTooLate() {
        serve(20, 10 * SECOND);
        enter(600 * SECOND);
        enter(600 * SECOND);

        Entry entry = queue.enter(now, 5 * SECOND);

        assertThat(entry)
                .isInstanceOfSatisfying(
                        Entry.TooLate.class,
                        late -> assertThat(late.retryAfterMillis()).isBetween(5_000L, 25_000L));
        assertThat(lane.waiting()).isEqualTo(2);
    }

    @Test
    void shouldLetInWhoHasTime() {
        serve(20, 10 * SECOND);
        enter(600 * SECOND);

        assertThat(queue.enter(now, 60 * SECOND)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void shouldForgetWhatWasLongAgo() {
        serve(20, 10 * SECOND);
        enter(600 * SECOND);
        now += 301 * SECOND;

        assertThat(queue.enter(now, SECOND)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void shouldLearnNothingFromThoseWhoLeft() {
        for (int i = 0; i < 20; i++) {
            Place place = enter(600 * SECOND);
            now += 10 * SECOND;
            place.leave();
        }
        enter(600 * SECOND);

        assertThat(queue.enter(now, SECOND)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void shouldGiveAPlaceBackOnce() {
        Place place = enter(SECOND);
        place.answered(now);
        place.expired(now);
        place.leave();

        assertThat(lane.waiting()).isZero();
    }

    @Test
    void shouldShareTheRoomOfTheLane() {
        RouteQueue other = new RouteQueue(lane);
        for (int i = 0; i < 20; i++) {
            enter(SECOND);
        }

        assertThat(other.enter(now, SECOND)).isInstanceOf(Entry.Full.class);
    }

    @Test
    void shouldKeepWhoWaitsWhenTheRoomGetsSmaller() {
        Place place = enter(SECOND);
        enter(SECOND);
        lane.capacity(1);

        place.leave();

        assertThat(queue.enter(now, SECOND)).isInstanceOf(Entry.Full.class);
        assertThat(lane.waiting()).isEqualTo(1);
    }
}
