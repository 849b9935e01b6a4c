package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandlingTest {
    private static final ConsumerRecord<String, byte[]> RECORD = new ConsumerRecord<>("topic", 0, 7, "key", null);

    static Stream<Throwable> trouble() {
        return Stream.of(
                new SinkException(SinkException.Reason.AWAY, "away"),
                new SinkException(SinkException.Reason.REFUSED, "refused", new IllegalStateException("closed")),
                new DisconnectException("gone"),
                new TimeoutException("late"),
                new RejectedExecutionException("closing"),
                new OutOfMemoryError("another's fault"));
    }

    static Stream<Throwable> defects() {
        return Stream.of(
                new NullPointerException("words of a prompt"),
                new IllegalStateException("words of a prompt"),
                new ConcurrentModificationException(),
                new StackOverflowError(),
                new SinkException(SinkException.Reason.REFUSED, "refused", new RecordTooLargeException("too large")));
    }

    private static Handling failing(Throwable cause) {
        return new Handling(RECORD, () -> Future.failedFuture(cause), true);
    }

    private static boolean isHopelessAfter(int times, Handling handling, Throwable cause) {
        boolean hopeless = false;
        for (int i = 0; i < times; i++) {
            hopeless = handling.isHopeless(cause);
        }
        return hopeless;
    }

    @ParameterizedTest
    @MethodSource("trouble")
    void shouldNotGiveUpForTroubleWithAServer(Throwable cause) {
        assertThat(isHopelessAfter(1_000, failing(cause), cause)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("defects")
    void shouldGiveUpAfterTheFifthDefectInARow(Throwable cause) {
        Handling handling = failing(cause);

        assertThat(isHopelessAfter(4, handling, cause)).isFalse();
        assertThat(handling.isHopeless(cause)).isTrue();
    }

    @Test
    void shouldCountOnlyWhatIsInARow() {
        Handling handling = failing(new NullPointerException());
        isHopelessAfter(4, handling, new NullPointerException());

        handling.isHopeless(new DisconnectException("gone"));

        assertThat(isHopelessAfter(4, handling, new NullPointerException())).isFalse();
    }

    @Test
    void shouldNeverGiveUpTheBurialItself() {
        Handling burial = new Handling(RECORD, () -> Future.succeededFuture(), false);

        assertThat(isHopelessAfter(100, burial, new NullPointerException())).isFalse();
    }

    @Test
    void shouldTurnWhatIsThrownIntoAFailure() {
        Supplier<Future<Void>> throwing = () -> {
            throw new NullPointerException();
        };

        assertThat(new Handling(RECORD, throwing, true).begin().cause()).isInstanceOf(NullPointerException.class);
    }

    @Test
    void shouldWaitLongerFromTimeToTime() {
        Handling handling = failing(new DisconnectException("gone"));
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            handling.isHopeless(new DisconnectException("gone"));
            delays.add(handling.delayMillis());
        }

        assertThat(delays).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 5_000L);
    }

    @Test
    void shouldNameTheDefectAndItsPlaceAndNothingItSays() {
        String reason = Defects.reason(new NullPointerException("words of a prompt"));

        assertThat(reason)
                .startsWith("handler failed: java.lang.NullPointerException at dev.laneway.runtime.kafka.HandlingTest")
                .doesNotContain("words");
    }
}
