package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Topics;
import dev.laneway.provider.claims.Doubt;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells the router of an attempt that did not succeed, until the broker has acknowledged it. What may have been told before says so, with the
 * epoch of that time: the router's next attempt, published once for each telling, is then not taken for a fresh one.
 */
public final class FailureNotice {
    private FailureNotice() {}

    /**
     * The topic is that of the attempt's zone, lane and class as its topic names them, never as the envelope does.
     *
     * @param value the client's body, and what a broken stream said
     */
    public static Future<Void> tell(
            Desk desk, Taken<Attempt> taken, Topics.Parsed topic, FailedAttempt failed, byte[] value) {
        String failures = Topics.failures(topic.zone(), topic.lane(), topic.workClass());
        String begun = Doubt.of(taken).orElse(null);
        String epochNow = desk.claims().epoch();
        boolean[] again = {false};
        return desk.outcomes().publish(() -> {
            FailedAttempt event = marked(failed, begun, again[0] ? epochNow : null);
            again[0] = true;
            return desk.outbox().failed(failures, event, value);
        });
    }

    private static FailedAttempt marked(FailedAttempt failed, @Nullable String begun, @Nullable String told) {
        String epoch = begun != null ? begun : told;
        return epoch == null ? failed : failed.perhapsAgain(epoch);
    }
}
