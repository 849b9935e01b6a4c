package dev.laneway.runtime.kafka;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done with one record, as often as it takes. Not safe across threads. */
final class Handling {
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LAST_DELAY_MILLIS = 5_000;

    private final ConsumerRecord<String, byte[]> record;
    private final Supplier<Future<Void>> step;
    private final boolean givenUp;
    private int failures;
    private int defects;

    /** @param givenUp whether it is, where it meets a defect again and again */
    Handling(ConsumerRecord<String, byte[]> record, Supplier<Future<Void>> step, boolean givenUp) {
        this.record = record;
        this.step = step;
        this.givenUp = givenUp;
    }

    /** Does it, be it again. */
    Future<Void> begin() {
        try {
            return step.get();
        } catch (RuntimeException | StackOverflowError e) {
            // thrown on, it would end the reading of all partitions
            return Future.failedFuture(e);
        }
    }

    /** It failed: whether there is no sense in more. */
    boolean isHopeless(Throwable cause) {
        failures++;
        defects = Defects.is(cause) ? defects + 1 : 0;
        return givenUp && defects >= Defects.PATIENCE;
    }

    /** How long to wait before the next time. */
    long delayMillis() {
        return Math.min(LAST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures - 1, 10));
    }

    ConsumerRecord<String, byte[]> record() {
        return record;
    }

    long offset() {
        return record.offset();
    }
}
