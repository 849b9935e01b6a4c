package dev.laneway.provider.schedule;

import java.util.ArrayDeque;

/** The queue behind a {@link Line}. */
final class WaitingLine<T> {
    Line line;
    final LaneShare<T> lane;
    final Slots slots;
    final ArrayDeque<Ticket<T>> waiting = new ArrayDeque<>();
    int running;

    WaitingLine(Line line, LaneShare<T> lane, Slots slots) {
        this.line = line;
        this.lane = lane;
        this.slots = slots;
    }
}
