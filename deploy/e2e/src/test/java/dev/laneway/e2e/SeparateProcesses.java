package dev.laneway.e2e;

import dev.laneway.runtime.role.RoleContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two processes of each role against the tests' servers, as {@code laneway run ROLE} starts them. Calls go to either ingress in turn. */
final class SeparateProcesses implements Gateway {
    private static final Pattern READY =
            Pattern.compile("Laneway is ready: \\S+(?: at http://[^:]+:(\\d+))?, management http://[^:]+:(\\d+)");
    private static final List<String> ROLES = List.of("accounting", "router-worker", "provider-workers", "ingress");

    private static final int TAIL = 60;

    /** A process and the file that its standard error goes to. */
    private record Started(String name, Process process, Path log) {
        /** What it said last: the folder is gone before a person could look. */
        String lastWords() {
            try {
                List<String> lines = Files.readAllLines(log);
                return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
            } catch (IOException e) {
                return "its log can't be read: " + e;
            }
        }
    }

    private final List<Started> processes = new ArrayList<>();
    private final List<Integer> ingressPorts = new ArrayList<>();
    private final List<Integer> managementPorts = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final RoleContext.Servers servers;
    private final Path configFile;
    private final Path folder;

    private SeparateProcesses(RoleContext.Servers servers, Path configFile, Path folder) {
        this.servers = servers;
        this.configFile = configFile;
        this.folder = folder;
    }

    static SeparateProcesses start(RoleContext.Servers servers, String config, Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("laneway.yaml"), config);
        SeparateProcesses all = new SeparateProcesses(servers, file, folder);
        try {
            all.launch();
            return all;
        } catch (Exception e) {
            all.close();
            throw e;
        }
    }

    private void launch() throws Exception {
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> ready = new ArrayList<>();
            for (String role : ROLES) {
                for (int i = 0; i < 2; i++) {
                    Started started = process(role, i);
                    processes.add(started);
                    ready.add(starting.submit(awaitReady(started)));
                }
            }
            try {
                for (int i = 0; i < ready.size(); i++) {
                    awaitReady(processes.get(i), ready.get(i));
                }
            } catch (Exception e) {
                processes.forEach(
                        started -> started.process().destroyForcibly()); // which ends the reading of their output
                throw e;
            }
        }
    }

    private static void awaitReady(Started started, Future<Void> ready) throws Exception {
        try {
            ready.get(120, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(started.name() + " is not ready after 120 s; it said:\n" + started.lastWords(), e);
        }
    }

    private Started process(String role, int number) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.laneway.standalone.Main",
                "run",
                role,
                "--config",
                configFile.toString(),
                "--port",
                "0",
                "--management-port",
                "0");
        String name = role + "-" + number;
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("LANEWAY_MASTER_KEY", KEY);
        environment.put("SIM_KEY", VENDOR_KEY);
        environment.put("LANEWAY_HOME", folder.resolve(name).toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers());
        environment.put("DATABASE_URL", Objects.requireNonNull(servers.databaseUrl()));
        environment.put("REDIS_URL", Objects.requireNonNull(servers.redisUrl()));
        return new Started(name, builder.start(), log);
    }

    private Callable<Void> awaitReady(Started started) {
        return () -> {
            Process process = started.process();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    synchronized (this) {
                        if (matcher.group(1) != null) {
                            ingressPorts.add(Integer.valueOf(matcher.group(1)));
                        }
                        managementPorts.add(Integer.valueOf(matcher.group(2)));
                    }
                    Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
                    return null;
                }
            }
            throw new IOException(started.name() + " ended with code " + process.waitFor()
                    + " before it was ready; it said:\n" + started.lastWords());
        };
    }

    /** Ends one process of a role without a word of warning; the other goes on alone. */
    void kill(String role) throws Exception {
        Process killed = processes.get(2 * ROLES.indexOf(role));
        killed.destroyForcibly();
        killed.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public URI api() {
        int port = ingressPorts.get(Math.floorMod(turn.getAndIncrement(), ingressPorts.size()));
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public URI management() {
        return URI.create("http://127.0.0.1:" + managementPorts.getFirst());
    }

    @Override
    public Path configFile() {
        return configFile;
    }

    @Override
    public String kafka() {
        return servers.kafka().bootstrapServers();
    }

    @Override
    public String database() {
        return String.valueOf(servers.databaseUrl());
    }

    @Override
    public void close() {
        processes.reversed().forEach(started -> started.process().destroy());
        for (Started started : processes) {
            Process process = started.process();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
