package dev.laneway.standalone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/** Looks whether a broker is there before Kafka's clients try for a minute, which then can't say what was wrong. */
final class Brokers {
    /** So long a broker that is being started meanwhile may take. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int CONNECT_MILLIS = 2_000;
    private static final long POLL_MILLIS = 250;

    private Brokers() {}

    /** Returns when one of the addresses, {@code host:port[,host:port...]}, takes a connection. */
    static void awaitReachable(String bootstrapServers, Duration patience) throws StartFailed {
        long until = System.nanoTime() + patience.toNanos();
        while (Arrays.stream(bootstrapServers.split(",")).noneMatch(server -> answers(server.strip()))) {
            if (System.nanoTime() > until) {
                throw new StartFailed("no Kafka broker answers at " + bootstrapServers
                        + ": start it, or put KAFKA_BOOTSTRAP_SERVERS right");
            }
            pause();
        }
    }

    private static boolean answers(String server) {
        try (Socket socket = new Socket()) {
            URI address = URI.create("kafka://" + server);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void pause() throws StartFailed {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted while waiting for a broker", e);
        }
    }
}
