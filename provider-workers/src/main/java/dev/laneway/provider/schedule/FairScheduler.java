package dev.laneway.provider.schedule;

import dev.laneway.contracts.WorkClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets the next free slot. Interactive work goes first, but while deferred work waits every tenth start is its; deferred
 * work never fills the last fifth of the worker's slots, nor of a deployment's, so that interactive work finds one free. Within a
 * class a slot goes to the lane that holds the fewest for its weight. Weights share slots and not turns, because attempts last from
 * 0.2 s to 10 min.
 *
 * <p>How much may wait is bounded by the caller. Pure: no clock, no I/O, one thread.
 *
 * @param <T> what waits
 */
public final class FairScheduler<T> {
    private static final int INTERACTIVE_IN_A_ROW = 9;

    private final Slots worker;
    private final Map<String, Slots> deployments = new HashMap<>();
    private final List<LaneShare<T>> interactive = new ArrayList<>();
    private final List<LaneShare<T>> deferred = new ArrayList<>();
    private int waitingInteractive;
    private int waitingDeferred;
    private int interactiveInARow;
    private long sequence;

    /** @param slots calls under way at once, at least 1 */
    public FairScheduler(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("at least one slot");
        }
        worker = new Slots(slots);
    }

    /** Queues an item at the end of its line. */
    public Ticket<T> offer(Line line, T item) {
        WaitingLine<T> mine = lineOf(line);
        Ticket<T> ticket = new Ticket<>(mine, item);
        mine.waiting.addLast(ticket);
        count(line.workClass(), 1);
        return ticket;
    }

    /**
     * Starts the next item, which holds a slot from now on until {@link #release}.
     *
     * @param open whether items of a line may start now
     * @return null where nothing may start
     */
    public @Nullable Ticket<T> next(Predicate<Line> open) {
        boolean deferredIsDue = interactiveInARow >= INTERACTIVE_IN_A_ROW;
        Ticket<T> ticket = deferredIsDue ? start(WorkClass.DEFERRED, open) : null;
        if (ticket == null) {
            ticket = start(WorkClass.INTERACTIVE, open);
        }
        if (ticket == null && !deferredIsDue) {
            ticket = start(WorkClass.DEFERRED, open);
        }
        return ticket;
    }

    /** Gives a running item's slot back, or takes a waiting one out of its line; nothing where it is neither. */
    public void release(Ticket<T> ticket) {
        WaitingLine<T> line = ticket.line;
        WorkClass workClass = line.line.workClass();
        switch (ticket.state) {
            case WAITING -> {
                line.waiting.remove(ticket);
                count(workClass, -1);
            }
            case RUNNING -> {
                line.running--;
                line.lane.running--;
                line.slots.giveBack(workClass);
                worker.giveBack(workClass);
            }
            case GONE -> {}
        }
        ticket.state = Ticket.State.GONE;
    }

    /** Takes all that waits in some lines out of them. */
    public List<T> withdraw(Predicate<Line> which) {
        List<Ticket<T>> withdrawn = new ArrayList<>();
        for (List<LaneShare<T>> lanes : List.of(interactive, deferred)) {
            for (LaneShare<T> lane : lanes) {
                for (WaitingLine<T> line : lane.lines) {
                    if (which.test(line.line)) {
                        withdrawn.addAll(line.waiting);
                    }
                }
            }
        }
        withdrawn.forEach(this::release);
        return withdrawn.stream().map(Ticket::item).toList();
    }

    /** Items of a class that wait for a slot. */
    public int waiting(WorkClass workClass) {
        return switch (workClass) {
            case INTERACTIVE -> waitingInteractive;
            case DEFERRED -> waitingDeferred;
        };
    }

    /** Items that wait in one line. */
    public int waiting(Line line) {
        for (LaneShare<T> lane : lanes(line.workClass())) {
            for (WaitingLine<T> candidate : lane.lines) {
                if (candidate.line.sameAs(line)) {
                    return candidate.waiting.size();
                }
            }
        }
        return 0;
    }

    /** Items that hold a slot. */
    public int running() {
        return worker.taken();
    }

    /** Forgets lines that hold nothing: lanes and deployments come and go with configs. */
    public void tidy() {
        Set<String> used = new HashSet<>();
        for (List<LaneShare<T>> lanes : List.of(interactive, deferred)) {
            for (LaneShare<T> lane : lanes) {
                lane.lines.removeIf(line -> line.running == 0 && line.waiting.isEmpty());
                lane.lines.forEach(line -> used.add(line.line.deployment()));
            }
            lanes.removeIf(lane -> lane.lines.isEmpty());
        }
        deployments.keySet().retainAll(used);
    }

    private @Nullable Ticket<T> start(WorkClass workClass, Predicate<Line> open) {
        if (waiting(workClass) == 0 || !worker.free(workClass)) {
            return null;
        }
        WaitingLine<T> best = null;
        for (LaneShare<T> lane : lanes(workClass)) {
            if (best == null || lane.before(best.lane)) {
                WaitingLine<T> line = lane.startable(open);
                best = line == null ? best : line;
            }
        }
        if (best == null) {
            return null;
        }
        Ticket<T> ticket = best.waiting.removeFirst();
        ticket.state = Ticket.State.RUNNING;
        count(workClass, -1);
        interactiveInARow = workClass == WorkClass.INTERACTIVE && waitingDeferred > 0 ? interactiveInARow + 1 : 0;
        best.running++;
        best.lane.served(best, ++sequence);
        best.slots.take(workClass);
        worker.take(workClass);
        return ticket;
    }

    private WaitingLine<T> lineOf(Line line) {
        LaneShare<T> lane = laneOf(line);
        lane.weight = line.weight();
        Slots slots = deployments.computeIfAbsent(line.deployment(), id -> new Slots(line.cap()));
        slots.capacity(line.cap());
        for (WaitingLine<T> known : lane.lines) {
            if (known.line.deployment().equals(line.deployment())) {
                known.line = line;
                return known;
            }
        }
        WaitingLine<T> added = new WaitingLine<>(line, lane, slots);
        lane.lines.add(added);
        return added;
    }

    private LaneShare<T> laneOf(Line line) {
        List<LaneShare<T>> lanes = lanes(line.workClass());
        for (LaneShare<T> lane : lanes) {
            if (lane.lane.equals(line.lane())) {
                return lane;
            }
        }
        LaneShare<T> added = new LaneShare<>(line.lane());
        lanes.add(added);
        return added;
    }

    private List<LaneShare<T>> lanes(WorkClass workClass) {
        return switch (workClass) {
            case INTERACTIVE -> interactive;
            case DEFERRED -> deferred;
        };
    }

    private void count(WorkClass workClass, int change) {
        switch (workClass) {
            case INTERACTIVE -> waitingInteractive += change;
            case DEFERRED -> waitingDeferred += change;
        }
    }
}
