package dev.laneway.runtime.role;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Whether a process's event loops turn. A thread of its own asks each once a second to count up; who has not for a long time is stuck,
 * in an endless loop or a wait that never ends, and so is all that lives there. Counts its own looks and no clock, so that a process
 * that was stopped as a whole, and goes on, isn't called stuck. Safe on any thread.
 */
public final class LoopWatch {
    private final List<Loop> loops = new ArrayList<>();
    private final long intervalMillis;
    private final int patience;
    private volatile boolean closed;

    /** One loop; the watch's thread alone writes {@code missed}. */
    private static final class Loop {
        final Context context;
        volatile boolean answered = true;
        volatile int missed;

        Loop(Context context) {
            this.context = context;
        }
    }

    private LoopWatch(long intervalMillis, int patience) {
        this.intervalMillis = intervalMillis;
        this.patience = patience;
    }

    /**
     * Begins. To be called where nothing lives on the loops yet: each new context takes the next loop in turn.
     *
     * @param loops how many there are
     * @param interval between two looks
     * @param patience looks in a row that a loop may miss
     */
    public static LoopWatch start(Vertx vertx, int loops, Duration interval, int patience) {
        LoopWatch watch = new LoopWatch(interval.toMillis(), patience);
        for (int i = 0; i < loops; i++) {
            watch.loops.add(new Loop(newContext(vertx)));
        }
        Thread thread = new Thread(watch::run, "laneway-loop-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    /** Loops that have not turned for longer than the patience. */
    public int stuck() {
        return (int) loops.stream().filter(loop -> loop.missed > patience).count();
    }

    public void close() {
        closed = true;
    }

    /** A thread keeps the context that it was given first, so each is asked for by another. */
    private static Context newContext(Vertx vertx) {
        CompletableFuture<Context> made = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> made.complete(vertx.getOrCreateContext()));
        return made.join();
    }

    private void run() {
        while (!closed) {
            loops.forEach(LoopWatch::ask);
            try {
                Thread.sleep(intervalMillis);
            } catch (InterruptedException e) {
                return; // nobody interrupts it but the end of the process
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes; others only look
    private static void ask(Loop loop) {
        if (!loop.answered) {
            loop.missed++;
            return;
        }
        loop.missed = 0;
        loop.answered = false;
        loop.context.runOnContext(v -> loop.answered = true);
    }
}
