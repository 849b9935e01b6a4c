package dev.laneway.router;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt that is about to be published may have been published before: by a router before this one, from a failure that was told
 * twice, or by this one, unseen. The worker that gets it then goes by what the claims of that time say.
 */
final class Repetition {
    private Repetition() {}

    /** The attempt, with the one epoch in which it may have been published, or {@code none} where there are several. */
    static Attempt marked(Attempt attempt, Taken<Input> taken) {
        return Stream.of(attempt.maybe(), taken.before(), told(taken.event()))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .reduce((one, other) -> one.equals(other) ? one : StartMark.NO_EPOCH)
                .map(attempt::perhapsAgain)
                .orElse(attempt);
    }

    private static @Nullable String told(Input input) {
        return switch (input) {
            case Input.Fresh fresh -> null;
            case Input.Returned returned -> returned.failed().maybe();
        };
    }
}
