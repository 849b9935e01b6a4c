package dev.laneway.router.handling;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt that is about to be published may have been published before: by a router before this one, from a failure that was told
 * twice, or by this one, unseen. The worker that gets it then goes by what the claims of that time say.
 */
final class Repetition {
    private Repetition() {}

    /** The attempt, with the one epoch in which it may have been published, or {@code none} where there are several. */
    static Attempt marked(Attempt attempt, Taken<Input> taken) {
        Attempt marked = attempt;
        for (String epoch : Arrays.asList(taken.before(), told(taken.event()))) {
            marked = epoch == null ? marked : again(marked, epoch);
        }
        return marked;
    }

    /** The attempt, where it may have been published under that epoch too. */
    static Attempt again(Attempt attempt, String epoch) {
        String before = attempt.maybe();
        return attempt.perhapsAgain(before == null || before.equals(epoch) ? epoch : StartMark.NO_EPOCH);
    }

    private static @Nullable String told(Input input) {
        return switch (input) {
            case Input.Fresh fresh -> null;
            case Input.Returned returned -> returned.failed().maybe();
        };
    }
}
