package dev.laneway.testkit.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a proxy has counted since it was opened. Any thread. */
public final class Traffic {
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder resets = new LongAdder();
    final LongAdder toServer = new LongAdder();
    final LongAdder toClient = new LongAdder();
    final LongAdder swallowed = new LongAdder();

    Traffic() {}

    LongAdder passed(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    /** Connections that clients made. */
    public long accepted() {
        return accepted.sum();
    }

    /** Of these, connections for which the server could not be reached. */
    public long refused() {
        return refused.sum();
    }

    /** Connections that the proxy reset. */
    public long resets() {
        return resets.sum();
    }

    /** Bytes that arrived. */
    public long bytes(Direction direction) {
        return passed(direction).sum();
    }

    /** Bytes that black holes took. */
    public long swallowed() {
        return swallowed.sum();
    }
}
