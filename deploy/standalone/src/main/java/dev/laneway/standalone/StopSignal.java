package dev.laneway.standalone;

import java.util.concurrent.CountDownLatch;

/**
 * Waits for SIGINT or SIGTERM on the main thread, so that the process can drain there and leave with the exit code that it chooses;
 * a shutdown hook could do neither. A second signal ends the process at once.
 */
@SuppressWarnings("sunapi") // the only way to a signal in Java; part of the supported module jdk.unsupported
final class StopSignal {
    private final CountDownLatch received = new CountDownLatch(1);

    private StopSignal() {}

    /** Takes over both signals from now on. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (String name : new String[] {"INT", "TERM"}) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> stop.receive());
        }
        return stop;
    }

    private void receive() {
        if (received.getCount() == 0) {
            Runtime.getRuntime().halt(130);
        }
        received.countDown();
    }

    /** Whether one came. */
    boolean received() {
        return received.getCount() == 0;
    }

    /** Returns when one comes. */
    void await() throws InterruptedException {
        received.await();
    }
}
