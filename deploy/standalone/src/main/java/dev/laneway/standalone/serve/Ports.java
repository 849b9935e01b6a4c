package dev.laneway.standalone.serve;

import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.cli.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks at ports before anything slow is started, so that one in use is said at once. */
final class Ports {
    private Ports() {}

    /** Checks what Vert.x would not refuse: two of its servers on one port take the connections in turn. */
    static void requireDistinct(int port, int managementPort) throws StartFailed {
        if (port == managementPort && port != 0) {
            throw new StartFailed(
                    "port " + port + " is both --port and --management-port; choose another for one of them");
        }
    }

    /**
     * A port of the loopback that nobody listens on: two of Vert.x's servers that ask for any port, 0, get the same one and take its connections in
     * turn.
     */
    static int free() throws StartFailed {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailed("no port is free: " + Sentence.of(e));
        }
    }

    /**
     * Checks that a port can be listened on.
     *
     * @param option how the user chooses another
     */
    static void requireFree(String host, int port, String option) throws StartFailed {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            throw new StartFailed("there is no address " + host + "; choose another with --host", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailed(
                    "port " + port + " on " + host + " can't be used (" + Sentence.of(e) + "); choose another with "
                            + option,
                    e);
        }
    }
}
