package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Redis beside this JVM, on loopback, by password, never evicting. */
final class RedisServer implements Server {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 10;

    private final ServerProcess process;
    private final String endpoint;

    private RedisServer(ServerProcess process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static RedisServer start(DataFolder folder, boolean ephemeral, BinaryCache cache)
            throws ServicesException, IOException, PortTaken, InterruptedException {
        RedisFolder.check(folder);
        Path program = cache.unpacked("redis", resource(), (in, into) -> {
                    Path file = into.resolve("redis-server");
                    Files.copy(in, file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
                })
                .resolve("redis-server");
        String password = folder.secret("redis");
        int port = folder.ports().take("redis");
        Files.createDirectories(folder.redis());
        Path config = RedisSettings.write(folder.redis(), port, password, ephemeral);
        ServerProcess process = ServerProcess.start(
                List.of(program.toString(), config.toString()), folder.redis(), folder.log("redis"));
        var server = new RedisServer(process, "redis://default:" + password + "@127.0.0.1:" + port);
        try {
            server.awaitReady(folder, port, password);
            return server;
        } catch (ServicesException | PortTaken | InterruptedException e) {
            server.stop();
            throw e;
        }
    }

    /** The names under which com.github.codemonstur:embedded-redis 1.4.4 carries them. */
    private static String resource() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (mac) {
            return arm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
        }
        return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }

    private void awaitReady(DataFolder folder, int port, String password)
            throws ServicesException, PortTaken, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw RedisFolder.explain(folder, process);
            }
            if (RedisProbe.answers(port, password)) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new ServicesException("Redis was not ready within " + START.toSeconds() + " s: see " + process.log());
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    /** On SIGTERM Redis writes and syncs its append-only file. */
    @Override
    public void stop() {
        process.stop("TERM", STOP);
    }
}
