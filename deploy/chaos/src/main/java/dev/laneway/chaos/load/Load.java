package dev.laneway.chaos.load;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: requests come at a mean rate whatever happens to those before them. Drawn from a seed. A client that finds an ingress
 * gone goes to another, as behind a load balancer. Any thread.
 */
public final class Load implements AutoCloseable {
    private static final int MOST_WAITING = 2_000;
    private static final int TRIES = 3;

    private final Workload workload;
    private final Supplier<List<URI>> ingresses;
    private final Client client;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger notAsked = new AtomicInteger();
    private final SplittableRandom random;
    private final Thread loop;
    private volatile double perSecond;
    private volatile @Nullable Shape only;
    private volatile boolean closed;

    private Load(Workload workload, Supplier<List<URI>> ingresses, String key, long seed) {
        this.workload = workload;
        this.ingresses = ingresses;
        this.client = new Client(key);
        this.random = new SplittableRandom(seed);
        this.loop = Thread.ofVirtual().name("load").unstarted(this::run);
    }

    /** Begins with no requests at all. */
    public static Load start(Workload workload, Supplier<List<URI>> ingresses, String key, long seed) {
        Load load = new Load(workload, ingresses, key, seed);
        load.loop.start();
        return load;
    }

    /** From now on so many requests come in a second, drawn from the workload; 0 for none. */
    public void rate(double requestsPerSecond) {
        only = null;
        perSecond = requestsPerSecond;
    }

    /** The same, all of one shape. */
    public void rate(double requestsPerSecond, Shape shape) {
        only = shape;
        perSecond = requestsPerSecond;
    }

    /** Asks once in every quick way, and waits for the answers. @return those that were no whole answers */
    public List<Asked> tryAll() throws InterruptedException {
        List<Asked> failed = new ArrayList<>();
        for (URI ingress : ingresses.get()) {
            for (Shape shape : Workload.quick()) {
                try {
                    Asked one = client.ask(shape, ingress);
                    asked.add(one);
                    if (one.ending() != Ending.WHOLE) {
                        failed.add(one);
                    }
                } catch (ConnectException e) {
                    failed.add(new Asked(shape, ingress, "", 0, 0, Ending.CONNECTION_LOST, 0));
                }
            }
        }
        return failed;
    }

    /** Waits until every client has its answer. @return whether they have */
    public boolean awaitQuiet(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (waiting.get() > 0 && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return waiting.get() == 0;
    }

    /** What ended so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Clients that wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** Requests that found no ingress at all, or no room among those that wait. */
    public int notAsked() {
        return notAsked.get();
    }

    private void run() {
        try {
            while (!closed) {
                double rate = perSecond;
                if (rate <= 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                    continue;
                }
                TimeUnit.NANOSECONDS.sleep((long) (-Math.log(1 - random.nextDouble()) / rate * 1e9));
                Shape one = only;
                Shape shape = one == null ? workload.draw(random) : one;
                SplittableRandom own = random.split();
                if (waiting.incrementAndGet() > MOST_WAITING) {
                    waiting.decrementAndGet();
                    notAsked.incrementAndGet();
                } else {
                    Thread.ofVirtual().start(() -> ask(shape, own));
                }
            }
        } catch (InterruptedException e) {
            return; // closed
        }
    }

    private void ask(Shape shape, SplittableRandom own) {
        try {
            for (int tried = 0; tried < TRIES; tried++) {
                List<URI> there = ingresses.get();
                if (there.isEmpty()) {
                    break;
                }
                try {
                    asked.add(client.ask(shape, there.get(own.nextInt(there.size()))));
                    return;
                } catch (ConnectException e) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
            notAsked.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        loop.interrupt();
    }
}
