package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL beside this JVM, on loopback, by password (SCRAM) only. */
final class PostgresServer implements Server {
    private static final String USER = "laneway";
    private static final String DATABASE = "laneway";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 10;

    private final ServerProcess process;
    private final String endpoint;

    private PostgresServer(ServerProcess process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static PostgresServer start(Site site)
            throws ServicesException, IOException, PassingObstacle, InterruptedException {
        DataFolder folder = site.folder();
        PostgresFolder.endOrphan(folder);
        PostgresPrograms programs = PostgresPrograms.unpacked(site.programs());
        String password = folder.secret("postgres");
        if (Trees.isEmpty(folder.postgres())) {
            create(site, programs);
        }
        int port = folder.ports().take("postgres");
        List<String> command = new ArrayList<>(programs.command("postgres"));
        command.addAll(List.of("-D", folder.postgres().toString(), "-p", Integer.toString(port)));
        PostgresSettings.of(site.ephemeral())
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        ServerProcess process = ServerProcess.start(site, "postgres", "INT", command);
        var server = new PostgresServer(
                process, "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + DATABASE);
        try {
            server.awaitReady(folder);
            return server;
        } catch (ServicesException | PassingObstacle | IOException | InterruptedException e) {
            server.stop();
            throw e;
        }
    }

    private static void create(Site site, PostgresPrograms programs)
            throws ServicesException, IOException, InterruptedException {
        DataFolder folder = site.folder();
        Path fresh = folder.root().resolve("postgres.new");
        Trees.delete(fresh);
        List<String> initdb = new ArrayList<>(programs.command("initdb"));
        initdb.addAll(List.of(
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + folder.secretFile("postgres"),
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (site.ephemeral()) {
            initdb.add("--no-sync");
        }
        programs.run(initdb, "", folder.log("initdb"));
        List<String> single = new ArrayList<>(programs.command("postgres"));
        single.addAll(List.of("--single", "-D", fresh.toString(), "postgres"));
        programs.run(single, "CREATE DATABASE " + DATABASE + "\n", folder.log("initdb"));
        Files.deleteIfExists(folder.postgres());
        Files.move(fresh, folder.postgres(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** PostgreSQL writes its state as the eighth line of {@code postmaster.pid}. */
    private void awaitReady(DataFolder folder)
            throws ServicesException, PassingObstacle, IOException, InterruptedException {
        Path pidFile = folder.postgres().resolve("postmaster.pid");
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw PostgresFolder.explain(folder, process);
            }
            List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
            if (lines.size() >= 8
                    && lines.getFirst().strip().equals(Long.toString(process.pid()))
                    && lines.get(7).strip().equals("ready")) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new ServicesException(
                "PostgreSQL was not ready within " + START.toSeconds() + " s: see " + process.log());
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public CompletableFuture<String> failure() {
        return process.failure("PostgreSQL", PostgresFolder.TELLING);
    }

    /** A fast shutdown: clients are disconnected, their open transactions rolled back, and everything is written. */
    @Override
    public void stop() {
        process.stop(STOP);
    }
}
