package dev.laneway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.e2e.ComposeFile.Service;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/**
 * The services of a compose file as processes of this machine: each with the entrypoint of the image, and its own command line, environment,
 * secrets, health check and memory limit. What a container has of its own is replaced: host names, ports, and the folders that are mounted.
 * Kafka runs from the libraries of the tests, set by the variables that the file sets; PostgreSQL and Redis are those of the tests.
 */
final class ComposeStack implements AutoCloseable {
    /** Of those that could start together: all of them would keep two cores from answering anybody in time. */
    private static final int AT_ONCE = 2;
    /** A machine that has other things to do may take longer than the file gives a container before it counts as ill. */
    private static final Duration AT_LEAST = Duration.ofMinutes(3);

    private static final Path IMAGE = Path.of("..", "image");
    private static final Set<String> ELSEWHERE = Set.of("postgres", "redis");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String LIBRARIES = System.getProperty("java.class.path");

    /** A process, and how it can be asked whether it is healthy. */
    private record Running(Service service, Process process, Path home, Map<String, String> ports) {}

    private final ComposeFile file;
    private final Path secrets;
    private final Path config;
    private final Path folder;
    private final int kafkaPort = freePort();
    private final Map<String, Running> running = new LinkedHashMap<>();

    /**
     * Starts nothing.
     *
     * @param secrets the files of all secrets
     * @param config what is mounted as {@code /etc/laneway}
     */
    ComposeStack(ComposeFile file, Path secrets, Path config, Path folder) {
        this.file = file;
        this.secrets = secrets;
        this.config = config;
        this.folder = folder;
    }

    /** Starts services in the order that they declare, each when what it waits for is so; returns when all are healthy. */
    List<String> start(Set<String> names) throws Exception {
        List<String> order = new ArrayList<>();
        while (!running.keySet().containsAll(names)) {
            List<String> next = names.stream()
                    .filter(name -> !running.containsKey(name))
                    .filter(name -> file.services().get(name).after().keySet().stream()
                            .allMatch(before -> running.containsKey(before) || ELSEWHERE.contains(before)))
                    .limit(AT_ONCE)
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("these wait for each other: " + names);
            }
            for (String name : next) {
                Running started = launch(file.services().get(name));
                running.put(name, started);
                order.add(name);
            }
            for (String name : next) {
                awaitStarted(running.get(name));
            }
        }
        return order;
    }

    /** Where a service's port of its container is on this machine. */
    URI at(String name, String port) {
        return URI.create("http://127.0.0.1:" + running.get(name).ports().get(port));
    }

    /** The folder that a service was started in, which stands for the root of its container. */
    Path home(String name) {
        return running.get(name).home();
    }

    /** Tells services to stop as Compose does, all at once, and waits for each as long as that would. @return their exit codes */
    Map<String, Integer> stop(Set<String> names) throws InterruptedException {
        names.forEach(name -> running.get(name).process().destroy());
        long told = System.nanoTime();
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (String name : names) {
            Running stopping = running.remove(name);
            long left = stopping.service().stopGrace().toNanos() - (System.nanoTime() - told);
            if (!stopping.process().waitFor(left, TimeUnit.NANOSECONDS)) {
                stopping.process().destroyForcibly();
                throw new IllegalStateException(name + " does not stop in time; it said:\n" + lastWords(stopping));
            }
            codes.put(name, stopping.process().exitValue());
        }
        return codes;
    }

    private Running launch(Service service) throws Exception {
        Path home = Files.createDirectories(folder.resolve(service.name()).resolve("home"));
        Path mounted = Files.createDirectories(home.resolveSibling("secrets"));
        for (String secret : service.secrets()) {
            Files.copy(secrets.resolve(secret), mounted.resolve(secret));
        }
        Path tmp = Files.createDirectories(home.resolveSibling("tmp"));
        Map<String, String> ports = new LinkedHashMap<>();
        ports.put("4000", Integer.toString(freePort()));
        ports.put("4001", Integer.toString(freePort()));
        Map<String, String> environment = new LinkedHashMap<>();
        service.environment()
                .forEach((name, value) -> environment.put(
                        name,
                        value.replace("/run/secrets", mounted.toString())
                                .replace("kafka:9092", "127.0.0.1:" + kafkaPort)));
        List<String> command = service.name().equals("kafka")
                ? broker(service, environment, home.resolveSibling("data"))
                : image(service, tmp, ports);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolveSibling("log").toFile());
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.environment().putAll(environment);
        builder.environment().put("LANEWAY_HOME", home.resolveSibling("state").toString());
        return new Running(service, builder.start(), home, ports);
    }

    /** What the image runs: its entrypoint, then the service's command. */
    private List<String> image(Service service, Path tmp, Map<String, String> ports) throws IOException {
        List<String> command = new ArrayList<>();
        for (String argument : entrypoint()) {
            switch (argument) {
                case "java" -> command.add(JAVA);
                case "@/laneway/java.args" -> {
                    command.add("@" + IMAGE.resolve("java.args").toRealPath());
                    // the container's limit, and less work for this machine's compilers
                    command.addAll(List.of("-XX:MaxRAM=" + service.limits().get("memory"), "-XX:TieredStopAtLevel=1"));
                    command.add("-Djava.io.tmpdir=" + tmp);
                }
                case "/laneway/app/*:/laneway/lib/*" -> command.add(LIBRARIES);
                default -> command.add(argument);
            }
        }
        service.command().forEach(argument -> command.add(argument.replace("/etc/laneway/", config + "/")));
        if (service.command().getFirst().equals("run")) {
            command.addAll(List.of("--port", ports.get("4000"), "--management-port", ports.get("4001")));
        }
        return command;
    }

    private static List<String> entrypoint() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "Dockerfile"))) {
            String json = lines.filter(line -> line.startsWith("ENTRYPOINT "))
                    .findFirst()
                    .orElseThrow()
                    .substring("ENTRYPOINT ".length());
            List<String> all = new ArrayList<>();
            JsonNode arguments = Http.JSON.readTree(json);
            arguments.forEach(argument -> all.add(argument.asText()));
            return all;
        }
    }

    /** As Kafka's image makes a file of its variables: without the prefix, in small letters, a dot for each underscore. */
    private List<String> broker(Service service, Map<String, String> environment, Path data) throws Exception {
        String controllerPort = Integer.toString(freePort());
        StringBuilder properties = new StringBuilder();
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                properties
                        .append(name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'))
                        .append('=')
                        .append(value.replace("://:", "://127.0.0.1:")
                                .replace(":9092", ":" + kafkaPort)
                                .replace(":9093", ":" + controllerPort)
                                .replace("@kafka:", "@127.0.0.1:")
                                .replace("/var/lib/kafka/data", data.toString()))
                        .append('\n');
            }
        });
        Path settings = Files.writeString(data.resolveSibling("server.properties"), properties);
        new Formatter()
                .setNodeId(1)
                .setClusterId("5L6g3nShT-eMCtK--X86sw")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .run();
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(service.environment().get("KAFKA_HEAP_OPTS").split(" ")));
        command.addAll(List.of("-cp", LIBRARIES, "kafka.Kafka", settings.toString()));
        return command;
    }

    private void awaitStarted(Running started) throws Exception {
        Service service = started.service();
        if (service.health().isEmpty()) { // one that does its work and ends
            if (!started.process().waitFor(60, TimeUnit.SECONDS)
                    || started.process().exitValue() != 0) {
                throw new IllegalStateException(service.name() + " did not succeed; it said:\n" + lastWords(started));
            }
            return;
        }
        Awaitility.await(service.name() + " is healthy")
                .atMost(service.patience().compareTo(AT_LEAST) > 0 ? service.patience() : AT_LEAST)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> healthy(started));
    }

    private boolean healthy(Running asked) throws Exception {
        if (!asked.process().isAlive()) {
            throw new IllegalStateException(asked.service().name() + " has ended; it said:\n" + lastWords(asked));
        }
        List<String> command = new ArrayList<>();
        for (String argument : asked.service().health()) {
            String here = argument.equals("healthy") ? IMAGE.resolve("healthy").toString() : argument;
            command.add(asked.ports().getOrDefault(here, here).replace("/9092", "/" + kafkaPort));
        }
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static String lastWords(Running said) {
        try {
            List<String> lines = Files.readAllLines(said.home().resolveSibling("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "its log can't be read: " + e;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    @Override
    public void close() {
        List.copyOf(running.values()).reversed().forEach(each -> each.process().destroyForcibly());
    }
}
