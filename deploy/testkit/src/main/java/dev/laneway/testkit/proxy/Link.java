package dev.laneway.testkit.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through the proxy, both ways. Any thread. */
final class Link {
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private final Socket client;
    private final Socket server;
    private final Traffic traffic;
    private final Runnable over;
    private final List<Pump> pumps;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger writing = new AtomicInteger(2);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean spoiled;

    /** @param over called once, when the connection has ended */
    Link(Socket client, Socket server, Map<Direction, Dial> dials, Traffic traffic, Runnable over) {
        this.client = client;
        this.server = server;
        this.traffic = traffic;
        this.over = over;
        this.pumps = List.of(
                pump(Direction.TO_SERVER, dials, client, server), pump(Direction.TO_CLIENT, dials, server, client));
    }

    private Pump pump(Direction direction, Map<Direction, Dial> dials, Socket from, Socket to) {
        Dial dial = dials.get(direction);
        if (dial == null) {
            throw new IllegalArgumentException("no dial for " + direction);
        }
        return new Pump(direction, dial, traffic, this, from, to);
    }

    void start() {
        for (Pump pump : pumps) {
            threads.add(Thread.startVirtualThread(() -> run(pump::read, () -> {})));
            threads.add(Thread.startVirtualThread(() -> run(pump::write, this::wrote)));
        }
    }

    private void run(Step step, Runnable done) {
        try {
            step.run();
            done.run();
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One direction has ended in good order. */
    private void wrote() {
        if (writing.decrementAndGet() == 0) {
            close();
        }
    }

    /** Bytes of it are lost. */
    void spoil() {
        spoiled = true;
    }

    boolean spoiled() {
        return spoiled;
    }

    /** RST to both sides. */
    void reset() {
        if (!closed.get()) {
            traffic.resets.increment();
        }
        abortively(client);
        abortively(server);
        close();
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            shut(client);
            shut(server);
            threads.forEach(Thread::interrupt);
            over.run();
        }
    }

    static void abortively(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            return; // it is closed already
        }
    }

    static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // closed enough
        }
    }
}
