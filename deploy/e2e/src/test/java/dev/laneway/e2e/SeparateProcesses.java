package dev.laneway.e2e;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.role.RoleContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processes of every role, two of each where not said otherwise, against the tests' servers, as {@code laneway run ROLE} starts them. Calls
 * go to each ingress in turn.
 */
final class SeparateProcesses implements Gateway {
    private static final Pattern READY =
            Pattern.compile("Laneway is ready: \\S+(?: at http://[^:]+:(\\d+))?, management http://[^:]+:(\\d+)");
    private static final List<String> TWO_OF_EACH = Stream.of(
                    "accounting", "router-worker", "provider-workers", "ingress")
            .flatMap(role -> Stream.of(role + "-0", role + "-1"))
            .toList();
    /** For what is about none of them in particular. */
    static final List<String> ONE_OF_EACH =
            List.of("accounting-0", "router-worker-0", "provider-workers-0", "ingress-0");

    private static final int TAIL = 60;
    private static final int PATIENCE_SECONDS = 40;

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

    private final Map<String, Started> processes = new LinkedHashMap<>();
    private final Map<String, Integer> ingressPorts = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> managementPorts = new ConcurrentSkipListMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final RoleContext.Servers servers;
    private final Path configFile;
    private final Path folder;

    private final Function<String, Set<Principal>> logins;

    private SeparateProcesses(
            RoleContext.Servers servers, Path configFile, Path folder, Function<String, Set<Principal>> logins) {
        this.servers = servers;
        this.configFile = configFile;
        this.folder = folder;
        this.logins = logins;
    }

    static SeparateProcesses start(RoleContext.Servers servers, String config, Path folder) throws Exception {
        return start(servers, config, folder, TWO_OF_EACH);
    }

    /** @param names of the processes, each a role and a number, in the order in which they start; a start costs five seconds of a core */
    static SeparateProcesses start(RoleContext.Servers servers, String config, Path folder, List<String> names)
            throws Exception {
        return start(servers, config, folder, names, name -> EnumSet.allOf(Principal.class));
    }

    /** @param logins as whom each process, by its name, may log in to the broker */
    static SeparateProcesses start(
            RoleContext.Servers servers, String config, Path folder, Function<String, Set<Principal>> logins)
            throws Exception {
        return start(servers, config, folder, TWO_OF_EACH, logins);
    }

    private static SeparateProcesses start(
            RoleContext.Servers servers,
            String config,
            Path folder,
            List<String> names,
            Function<String, Set<Principal>> logins)
            throws Exception {
        Path file = Files.writeString(folder.resolve("laneway.yaml"), config);
        SeparateProcesses all = new SeparateProcesses(servers, file, folder, logins);
        // two at once, so that two of a role meet in what each does first; all eight would take two cores a minute
        for (int first = 0; first < names.size(); first += 2) {
            all.launch(names.subList(first, Math.min(first + 2, names.size())));
        }
        return all;
    }

    /** Starts processes, named by role and number, side by side; returns when all are ready. */
    void launch(List<String> names) throws Exception {
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Started, Future<Void>> ready = new LinkedHashMap<>();
            for (String name : names) {
                Started started = process(name);
                processes.put(name, started);
                ready.put(started, starting.submit(awaitReady(started)));
            }
            try {
                for (Map.Entry<Started, Future<Void>> each : ready.entrySet()) {
                    awaitReady(each.getKey(), each.getValue());
                }
            } catch (Exception e) {
                endForcibly(); // which ends the reading of their output
                throw e;
            }
        }
    }

    private void endForcibly() {
        processes.values().forEach(started -> started.process().destroyForcibly());
    }

    /** Sends no more calls to a process, tells it to stop, and waits for that. @return its exit code */
    int stop(String name) throws InterruptedException {
        ingressPorts.remove(name);
        tellToStop(name);
        return awaitEnd(name);
    }

    /** Tells a process to stop, and goes on; calls still go to it. */
    void tellToStop(String name) {
        Objects.requireNonNull(processes.get(name)).process().destroy();
    }

    /** Waits for a process that was told to stop. @return its exit code */
    int awaitEnd(String name) throws InterruptedException {
        Started stopped = leave(name);
        if (!stopped.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not stop; it said:\n" + stopped.lastWords());
        }
        return stopped.process().exitValue();
    }

    /** The management port of one. */
    URI management(String name) {
        return at(Objects.requireNonNull(managementPorts.get(name)));
    }

    /** Each ingress that runs and was not told to stop: where it serves, and its management port. */
    Map<URI, URI> ingresses() {
        Map<URI, URI> all = new LinkedHashMap<>();
        ingressPorts.forEach((name, port) -> {
            Integer management = managementPorts.get(name);
            if (management != null) {
                all.put(at(port), at(management));
            }
        });
        return all;
    }

    /** Ends a process without giving it time for anything. */
    void crash(String name) throws InterruptedException {
        leave(name).process().destroyForcibly().waitFor();
    }

    private Started leave(String name) {
        ingressPorts.remove(name);
        managementPorts.remove(name);
        return Objects.requireNonNull(processes.remove(name));
    }

    private static void awaitReady(Started started, Future<Void> ready) throws Exception {
        try {
            ready.get(120, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(started.name() + " is not ready after 120 s; it said:\n" + started.lastWords(), e);
        }
    }

    private Started process(String name) throws IOException {
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
                name.substring(0, name.lastIndexOf('-')),
                "--config",
                configFile.toString(),
                "--port",
                "0",
                "--management-port",
                "0");
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("LANEWAY_MASTER_KEY", KEY);
        if (name.startsWith("accounting") || name.startsWith("provider-workers")) {
            environment.put("SIM_KEY", VENDOR_KEY); // nobody else needs vendors' keys
        }
        environment.put("LANEWAY_HOME", folder.resolve(name).toString());
        environment.putAll(Brokers.environment(servers.kafka().only(logins.apply(name))));
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
                    if (matcher.group(1) != null) {
                        ingressPorts.put(started.name(), Integer.valueOf(matcher.group(1)));
                    }
                    managementPorts.put(started.name(), Integer.valueOf(matcher.group(2)));
                    Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
                    return null;
                }
            }
            throw new IOException(started.name() + " ended with code " + process.waitFor()
                    + " before it was ready; it said:\n" + started.lastWords());
        };
    }

    @Override
    public URI api() {
        List<Integer> ports = List.copyOf(ingressPorts.values());
        return at(ports.get(Math.floorMod(turn.getAndIncrement(), ports.size())));
    }

    /** That of one ingress. */
    URI api(String name) {
        return at(Objects.requireNonNull(ingressPorts.get(name), name));
    }

    @Override
    public URI management() {
        return at(managementPorts.values().iterator().next());
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public Path configFile() {
        return configFile;
    }

    @Override
    public Map<String, Object> kafka() {
        return Brokers.client(servers.kafka());
    }

    @Override
    public String database() {
        return String.valueOf(servers.databaseUrl());
    }

    /** Stops all, and says so where one had ended by itself. */
    @Override
    public void close() {
        List<Started> gone = processes.values().stream()
                .filter(started -> !started.process().isAlive())
                .toList();
        List.copyOf(processes.values())
                .reversed()
                .forEach(started -> started.process().destroy());
        for (Started started : processes.values()) {
            try {
                if (!started.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    started.process().destroyForcibly();
                }
            } catch (InterruptedException e) {
                started.process().destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        if (!gone.isEmpty()) {
            Started first = gone.getFirst();
            throw new IllegalStateException(first.name() + " had ended by itself; it said:\n" + first.lastWords());
        }
    }
}
