package dev.laneway.router.handling;

import dev.laneway.runtime.kafka.Taken;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Decisions that could not be published, each by its input as it was handed out, which is handed in again. Not safe across threads. */
final class Unsettled {
    /** What is still to be done is asked for every few seconds. */
    private static final long FORGOTTEN_MILLIS = 60_000;

    private final IdentityHashMap<Taken<Input>, Drawn> decisions = new IdentityHashMap<>();

    /** What was decided of an input, which is not kept any more; null where nothing is. */
    @Nullable
    Drawn take(Taken<Input> taken) {
        return decisions.isEmpty() ? null : decisions.remove(taken);
    }

    void keep(Taken<Input> taken, Drawn drawn) {
        decisions.put(taken, drawn);
    }

    /** Keeps what was taken, unless something else is kept by now. */
    void putBack(Taken<Input> taken, Drawn drawn) {
        decisions.putIfAbsent(taken, drawn);
    }

    /** Forgets what was decided when the same record was handed out before: it moved away and came back. */
    void forgetSame(Taken<Input> taken) {
        decisions.keySet().removeIf(before -> isSameRecord(before, taken));
    }

    /** Whether something is kept of an input of a request. */
    boolean isOf(String request) {
        return decisions.keySet().stream()
                .anyMatch(other -> other.event().request().id().equals(request));
    }

    /** Forgets decisions that nobody asks for any more, because their partition has moved. */
    void sweep(long now) {
        decisions.values().removeIf(kept -> kept.kept() + FORGOTTEN_MILLIS < now);
    }

    private static boolean isSameRecord(Taken<Input> one, Taken<Input> other) {
        return one.offset() == other.offset()
                && one.partition() == other.partition()
                && one.topic().equals(other.topic());
    }
}
