package dev.laneway.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback port in front of a server. Each direction has a {@link Mode}, which can be changed at any time and holds for open and new
 * connections alike. What it holds of a connection is bounded: 512 KB a direction, then the sender waits. Any thread.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 200;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket listening;
    private final Traffic traffic = new Traffic();
    private final Map<Direction, Dial> dials = new EnumMap<>(Direction.class);
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Thread accepting;
    private volatile InetSocketAddress server;

    private FaultProxy(ServerSocket listening, InetSocketAddress server) {
        this.listening = listening;
        this.server = server;
        for (Direction direction : Direction.values()) {
            dials.put(direction, new Dial());
        }
        accepting = Thread.ofVirtual()
                .name("fault-proxy-" + listening.getLocalPort())
                .unstarted(this::accept);
    }

    /** Listens on a free port. */
    public static FaultProxy open(String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        FaultProxy proxy = new FaultProxy(socket, new InetSocketAddress(host, port));
        proxy.accepting.start();
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Where new connections go from now on: a server that was started again may listen elsewhere. */
    public void target(String host, int port) {
        server = new InetSocketAddress(host, port);
    }

    /** Both directions. */
    public void set(Mode mode) {
        for (Direction direction : Direction.values()) {
            set(direction, mode);
        }
    }

    /** One direction. */
    public void set(Direction direction, Mode mode) {
        dial(direction).turn(mode);
        boolean reset = resets();
        boolean swallows = swallows();
        for (Link link : links) {
            if (reset || (link.spoiled() && !swallows)) {
                link.reset();
            }
        }
    }

    public Mode mode(Direction direction) {
        return dial(direction).mode();
    }

    /** Connections that are open now. */
    public int open() {
        return links.size();
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Resets every connection that is open; the modes stay. */
    public void resetConnections() {
        links.forEach(Link::reset);
    }

    /** Once it has returned, the port refuses: a listener goes on accepting until the thread that waits in it has let go of it. */
    @Override
    public void close() {
        try {
            listening.close();
            accepting.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        links.forEach(Link::close);
    }

    private void accept() {
        while (!listening.isClosed()) {
            Socket client;
            try {
                client = listening.accept();
            } catch (IOException e) {
                continue; // a closed listener ends the loop
            }
            traffic.accepted.increment();
            Thread.startVirtualThread(() -> connect(client));
        }
    }

    private void connect(Socket client) {
        if (resets()) {
            traffic.resets.increment();
            Link.abortively(client);
            Link.shut(client);
            return;
        }
        Socket upstream = new Socket();
        try {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(server, CONNECT_MILLIS);
        } catch (IOException e) {
            traffic.refused.increment();
            Link.abortively(client);
            Link.shut(client);
            Link.shut(upstream);
            return;
        }
        Link[] link = new Link[1];
        link[0] = new Link(client, upstream, dials, traffic, () -> links.remove(link[0]));
        links.add(link[0]);
        link[0].start();
        if (listening.isClosed()) {
            link[0].close();
        } else if (resets()) {
            link[0].reset();
        }
    }

    private Dial dial(Direction direction) {
        Dial dial = dials.get(direction);
        if (dial == null) {
            throw new IllegalArgumentException("no direction: " + direction);
        }
        return dial;
    }

    private boolean resets() {
        return dials.values().stream().anyMatch(dial -> dial.mode() instanceof Mode.Reset);
    }

    private boolean swallows() {
        return dials.values().stream().anyMatch(dial -> dial.mode() instanceof Mode.BlackHole);
    }
}
