package dev.laneway.services;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Redis beside this JVM, on loopback, by password, never evicting. */
final class RedisServer implements Server {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 10;

    private static final String PROGRAM = "redis-server";

    private final ServerProcess process;
    private final String endpoint;

    private RedisServer(ServerProcess process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static RedisServer start(Site site) throws ServicesException, IOException, PassingObstacle, InterruptedException {
        DataFolder folder = site.folder();
        RedisFolder.endOrphan(folder);
        Path program = site.programs()
                .unpacked("redis", resource(), RedisServer::unpack)
                .resolve(PROGRAM);
        String password = folder.secret("redis");
        int port = folder.ports().take("redis");
        DataFolder.make(folder.redis());
        Path config = RedisSettings.write(folder.redis(), port, password, site.ephemeral());
        ServerProcess process =
                ServerProcess.start(site, "redis", "TERM", List.of(program.toString(), config.toString()));
        var server = new RedisServer(process, "redis://default:" + password + "@127.0.0.1:" + port);
        try {
            server.awaitReady(folder, port, password);
            return server;
        } catch (ServicesException | PassingObstacle | InterruptedException e) {
            server.stop();
            throw e;
        }
    }

    private static void unpack(InputStream resource, Path into) throws IOException {
        Path file = into.resolve(PROGRAM);
        Files.copy(resource, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
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
            throws ServicesException, PassingObstacle, InterruptedException {
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

    @Override
    public CompletableFuture<String> failure() {
        return process.failure("Redis", RedisFolder.TELLING);
    }

    /** On SIGTERM Redis writes and syncs its append-only file. */
    @Override
    public void stop() {
        process.stop(STOP);
    }
}
