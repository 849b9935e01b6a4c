package dev.laneway.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port in front of a server, which a test can shut: connections are cut, and new ones end at once, until it is opened again. */
final class TcpGate implements AutoCloseable {
    private final String host;
    private final int port;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    TcpGate(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void shut() {
        shut = true;
        open.forEach(TcpGate::close);
    }

    void open() {
        shut = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        shut();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket();
                open.add(client);
                open.add(server);
                if (shut) {
                    close(client);
                    continue;
                }
                server.connect(new InetSocketAddress(host, port), 2_000);
                pump(client, server);
                pump(server, client);
            } catch (IOException e) {
                // The next connection may do better; a closed listener ends the loop.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.startVirtualThread(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // cut: the other side learns it below
            }
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed enough
        }
    }
}
