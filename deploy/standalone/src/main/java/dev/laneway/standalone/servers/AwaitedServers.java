package dev.laneway.standalone.servers;

import dev.laneway.standalone.cli.StartFailed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether the shared servers are there before clients try for a minute, which then can't say what was wrong. */
public final class AwaitedServers {
    /** So long a server that is being started meanwhile may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int POSTGRES_PORT = 5432;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long POLL_MILLIS = 250;

    private AwaitedServers() {}

    /**
     * Returns when one of the addresses, {@code host:port[,host:port...]}, takes a connection. Blocks.
     *
     * @throws StartFailed when none has within the patience
     */
    public static void kafka(String bootstrapServers, Duration patience) throws StartFailed {
        await(
                List.of(bootstrapServers.split(",")),
                patience,
                "no Kafka broker answers at " + bootstrapServers + ": start it, or put KAFKA_BOOTSTRAP_SERVERS right");
    }

    /**
     * The same for the database, on which accounting's start depends; a URL that can't be read is left to its client.
     *
     * @throws StartFailed when it has not within the patience
     */
    public static void database(@Nullable String url, Duration patience) throws StartFailed {
        if (url == null) {
            return;
        }
        URI address = URI.create(url);
        if (address.getHost() == null) {
            return;
        }
        String server = address.getHost() + ":" + (address.getPort() < 0 ? POSTGRES_PORT : address.getPort());
        await(
                List.of(server),
                patience,
                "no PostgreSQL answers at " + server + ": start it, or put DATABASE_URL right");
    }

    private static void await(List<String> servers, Duration patience, String failure) throws StartFailed {
        long until = System.nanoTime() + patience.toNanos();
        while (servers.stream().noneMatch(server -> answers(server.strip()))) {
            if (System.nanoTime() > until) {
                throw new StartFailed(failure);
            }
            pause();
        }
    }

    private static boolean answers(String server) {
        try (Socket socket = new Socket()) {
            URI address = URI.create("tcp://" + server);
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
            throw new StartFailed("interrupted while waiting for a server", e);
        }
    }
}
