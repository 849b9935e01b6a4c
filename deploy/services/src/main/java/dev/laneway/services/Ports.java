package dev.laneway.services;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports of the servers, the same at every start of a folder where they are free. New ones come from 20000-32000,
 * below the range from which systems give outgoing connections theirs. Thread-safe.
 */
final class Ports {
    static final int LOWEST = 20_000;
    static final int HIGHEST = 32_000;

    private final Path file;
    private final Map<String, Integer> remembered = new HashMap<>();
    private final Set<Integer> given = new HashSet<>();

    private Ports(Path file) {
        this.file = file;
    }

    /** A file that is missing or says nonsense is no reason not to start: new ports are taken. */
    static Ports load(Path file) throws IOException {
        Ports ports = new Ports(file);
        if (Files.isRegularFile(file)) {
            Properties saved = new Properties();
            try (var in = Files.newBufferedReader(file, ISO_8859_1)) {
                saved.load(in);
            } catch (IllegalArgumentException e) {
                return ports;
            }
            saved.forEach((name, port) -> {
                if (port.toString().matches("[0-9]{4,5}")) {
                    ports.remembered.put(name.toString(), Integer.valueOf(port.toString()));
                }
            });
        }
        return ports;
    }

    /** The port this server had before, if nobody has it now, else a free one. Asking again gives another. */
    synchronized int take(String server) throws IOException {
        Integer before = remembered.get(server);
        int port = before != null && given.add(before) && isFree(before) ? before : freePort();
        remembered.put(server, port);
        return port;
    }

    private int freePort() throws IOException {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    synchronized void save() throws IOException {
        Properties saved = new Properties();
        remembered.forEach((name, port) -> saved.setProperty(name, port.toString()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(fresh, ISO_8859_1)) {
            saved.store(out, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
