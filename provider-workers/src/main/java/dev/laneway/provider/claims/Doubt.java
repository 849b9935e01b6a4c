package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do with an attempt that somebody may have begun with before: a pure rule.
 *
 * @param before the epoch under which a worker before this one may have begun with its record; null where none has
 * @param maybe the epoch in which it may have been published before, in another record; null where it was not
 * @param mixed whether records of its partition were begun with outside of the epoch in force and are not finished: that other record may be
 *     one of them
 */
public record Doubt(@Nullable String before, @Nullable String maybe, boolean mixed) {
    static final Doubt NONE = new Doubt(null, null, false);

    /** What follows. */
    enum Step {
        /** It was never sent: it may be. */
        CALL,
        /** Its outcome is out. */
        DONE,
        /** Its holder lives, and will tell. */
        WATCH,
        /**
         * It may have been sent while nobody kept claims, and finished; or its holder died when it was about to tell that it had not sent it. Where
         * the log has no outcome, it was not sent.
         */
        LOG_OR_CALL,
        /** Its holder is gone, or nobody remembers: where the log has no outcome, nobody knows it. */
        LOG_OR_UNKNOWN
    }

    /** What its record and its envelope say. */
    static Doubt about(Taken<Attempt> taken) {
        String before = taken.before();
        String maybe = taken.event().maybe();
        return before == null && maybe == null ? NONE : new Doubt(before, maybe, taken.mixed());
    }

    /** The epoch under which an attempt may have been begun before: {@code none} where it is more than one; empty where it was not. */
    public static Optional<String> of(Taken<Attempt> taken) {
        return Stream.of(
                        Optional.ofNullable(taken.before()),
                        Optional.ofNullable(taken.event().maybe()))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.equals(other) ? one : StartMark.NO_EPOCH);
    }

    /** Whether it is met for the first time. */
    boolean isNone() {
        return before == null && maybe == null;
    }

    /** @param mine this incarnation: what it holds in the store and does not know of itself is like a dead one's */
    Step step(ClaimStore.Seen seen, String mine) {
        ClaimStore.Entry entry = seen.entry();
        if (entry == null) {
            return forgotten(seen.epoch());
        }
        return switch (entry.state()) {
            case SETTLED -> Step.DONE;
            case RETURNING -> seen.holderLives() && !entry.holder().equals(mine) ? Step.WATCH : Step.LOG_OR_CALL;
            case SENT, UNKNOWN -> seen.holderLives() && !entry.holder().equals(mine) ? Step.WATCH : Step.LOG_OR_UNKNOWN;
        };
    }

    private Step forgotten(String now) {
        if (isNone()) {
            return Step.CALL;
        }
        boolean remembered = !now.equals(StartMark.NO_EPOCH)
                && (before == null || Objects.equals(before, now))
                && (maybe == null || (Objects.equals(maybe, now) && !mixed));
        if (!remembered) {
            return Step.LOG_OR_UNKNOWN;
        }
        return maybe == null ? Step.CALL : Step.LOG_OR_CALL;
    }
}
