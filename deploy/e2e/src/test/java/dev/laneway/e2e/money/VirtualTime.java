package dev.laneway.e2e.money;

import java.util.PriorityQueue;

/** Time that passes when nothing is left to do at a moment. Milliseconds. */
final class VirtualTime {
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private long now;
    private long number;

    private record Due(long at, long number, Runnable step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    VirtualTime(long now) {
        this.now = now;
    }

    long now() {
        return now;
    }

    void after(long millis, Runnable step) {
        dues.add(new Due(now + Math.max(0, millis), number++, step));
    }

    /** Does what is due up to a moment. */
    void passUntil(long end, Runnable afterEach) {
        while (!dues.isEmpty() && dues.peek().at <= end) {
            Due due = dues.remove();
            now = due.at;
            due.step.run();
            afterEach.run();
        }
        now = end;
    }
}
