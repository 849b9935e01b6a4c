package dev.laneway.provider.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One lane within a class: its lines take turns, and what it has running counts against its weight. */
final class LaneShare<T> {
    final String lane;
    final List<WaitingLine<T>> lines = new ArrayList<>();
    int weight = 1;
    int running;
    long lastServed;
    private int turn;

    LaneShare(String lane) {
        this.lane = lane;
    }

    /** The next line whose first item may start now; null where none may. */
    @Nullable
    WaitingLine<T> startable(Predicate<Line> open) {
        for (int i = 0; i < lines.size(); i++) {
            WaitingLine<T> line = lines.get((turn + i) % lines.size());
            if (!line.waiting.isEmpty() && line.slots.free(line.line.workClass()) && open.test(line.line)) {
                return line;
            }
        }
        return null;
    }

    void served(WaitingLine<T> line, long sequence) {
        turn = lines.indexOf(line) + 1;
        lastServed = sequence;
        running++;
    }

    /** Whether a free slot is this lane's before it is the other's. */
    boolean before(LaneShare<T> other) {
        long mine = (long) running * other.weight;
        long theirs = (long) other.running * weight;
        return mine == theirs ? lastServed < other.lastServed : mine < theirs;
    }
}
