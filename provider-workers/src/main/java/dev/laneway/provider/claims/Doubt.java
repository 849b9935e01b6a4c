package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do with an attempt that somebody may have begun with before: a pure rule.
 *
 * @param epochs under which it may have been begun; empty where only a claim was met
 */
public record Doubt(List<String> epochs) {
    private static final Doubt NONE = new Doubt(List.of());

    /** What follows. */
    enum Step {
        /** It was never sent: it may be. */
        CALL,
        /** Its outcome is out. */
        DONE,
        /** Its holder lives, and will tell. */
        WATCH,
        /** Its holder is gone, or nobody remembers: the log may know. */
        ASK_THE_LOG
    }

    public Doubt {
        epochs = List.copyOf(epochs);
    }

    /** What its record and its envelope say; the epochs are empty where it is surely met for the first time. */
    static Doubt about(Taken<Attempt> taken) {
        String before = taken.before();
        String maybe = taken.event().maybe();
        if (before == null && maybe == null) {
            return NONE;
        }
        return new Doubt(Stream.of(before, maybe)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList());
    }

    /** The epoch under which an attempt may have been begun before: {@code none} where it is more than one; empty where it was not. */
    public static Optional<String> of(Taken<Attempt> taken) {
        return about(taken).epochs.stream().reduce((one, other) -> one.equals(other) ? one : StartMark.NO_EPOCH);
    }

    /** @param mine this incarnation: what it holds in the store and does not know of itself is like a dead one's */
    Step step(ClaimStore.Seen seen, String mine) {
        ClaimStore.Entry entry = seen.entry();
        if (entry == null) {
            return epochs.stream().allMatch(epoch -> isThe(epoch, seen.epoch())) ? Step.CALL : Step.ASK_THE_LOG;
        }
        return switch (entry.state()) {
            case SETTLED -> Step.DONE;
            case SENT, UNKNOWN -> seen.holderLives() && !entry.holder().equals(mine) ? Step.WATCH : Step.ASK_THE_LOG;
        };
    }

    private static boolean isThe(String epoch, String now) {
        return epoch.equals(now) && !epoch.equals(StartMark.NO_EPOCH);
    }
}
