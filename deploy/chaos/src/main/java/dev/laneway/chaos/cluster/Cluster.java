package dev.laneway.chaos.cluster;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All processes. The one attacking thread changes it; {@link #ingresses} is for any thread.
 */
public final class Cluster implements AutoCloseable {
    /** The key that the clients of the attacks use. */
    public static final String KEY = "sk-chaos";
    /** Of each role. */
    public static final int INSTANCES = 2;

    private static final Pattern READY =
            Pattern.compile("Laneway is ready: \\S+(?: at http://[^:]+:(\\d+))?, management http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(150);
    private static final Duration STOP = Duration.ofSeconds(40);

    /** A process of a role. */
    public record Instance(Role role, int number) {
        @Override
        public String toString() {
            return role.id() + "-" + number;
        }
    }

    private final Path folder;
    private final Path config;
    private final Map<ServerUnit.Kind, ServerUnit> servers = new LinkedHashMap<>();
    private final FaultProxy vendor;
    private final Thread hook = Thread.ofPlatform().unstarted(this::endForcibly);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Child> roles = new ConcurrentSkipListMap<>();
    private final Map<String, URI> ingresses = new ConcurrentSkipListMap<>();
    private final Map<String, URI> managements = new ConcurrentSkipListMap<>();

    private Cluster(Path folder, Path config, FaultProxy vendor) {
        this.folder = folder;
        this.config = config;
        this.vendor = vendor;
    }

    /**
     * Starts everything; blocks until all is ready.
     *
     * @param folder for configs, logs and data
     * @param kafkaData where the broker keeps its data
     * @param vendor the proxy in front of the simulator
     * @param config the roles' config file
     */
    public static Cluster start(Path folder, Path kafkaData, FaultProxy vendor, String config)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("laneway.yaml"), config);
        Cluster cluster = new Cluster(folder, file, vendor);
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        try {
            for (ServerUnit.Kind kind : ServerUnit.Kind.values()) {
                Path data = kind == ServerUnit.Kind.KAFKA
                        ? kafkaData
                        : folder.resolve("data-" + kind.name().toLowerCase(Locale.ROOT));
                ServerUnit unit = new ServerUnit(kind, data, folder);
                cluster.servers.put(kind, unit);
                unit.start();
            }
            for (Role role : Role.values()) {
                for (int number = 0; number < INSTANCES; number++) {
                    cluster.launch(new Instance(role, number), Map.of());
                }
                for (int number = 0; number < INSTANCES; number++) {
                    cluster.awaitReady(new Instance(role, number));
                }
            }
            return cluster;
        } catch (IOException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts a process that does not run; {@link #awaitReady} waits for it. */
    public void launch(Instance instance, Map<String, String> more) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        servers.values().forEach(server -> environment.putAll(server.environment()));
        environment.put("LANEWAY_MASTER_KEY", KEY);
        environment.put("SIM_KEY", "vendor-key");
        environment.put("SIM_BATCH_KEY", "vendor-key-of-the-backlog");
        environment.put("LANEWAY_HOME", folder.resolve(instance.toString()).toString());
        environment.putAll(more);
        roles.put(
                instance.toString(),
                Child.start(
                        instance.toString(),
                        List.of(),
                        List.of(
                                "run",
                                instance.role().id(),
                                "--config",
                                config.toString(),
                                "--port",
                                "0",
                                "--management-port",
                                "0"),
                        environment,
                        folder.resolve(instance + ".log"),
                        line -> READY.matcher(line).find()));
    }

    /** Blocks until a launched process serves; from then on calls go to it too. */
    public void awaitReady(Instance instance) throws IOException, InterruptedException {
        String line = child(instance).awaitReady(START).getLast();
        Matcher ready = READY.matcher(line);
        if (!ready.find()) {
            throw new IOException(instance + " says where it is in another way: " + line);
        }
        if (ready.group(1) != null) {
            ingresses.put(instance.toString(), at(ready.group(1)));
        }
        managements.put(instance.toString(), at(ready.group(2)));
    }

    public Child child(Instance instance) {
        return Objects.requireNonNull(roles.get(instance.toString()), () -> instance + " was never started");
    }

    /** {@code kill -9}. */
    public void kill(Instance instance) throws InterruptedException {
        leave(instance);
        child(instance).kill();
    }

    /** SIGTERM. @return whether it ended in good order */
    public boolean stop(Instance instance) throws InterruptedException {
        leave(instance);
        return child(instance).stop(STOP);
    }

    /** From now on no calls go to it: it ends, or it has ended. */
    public void leave(Instance instance) {
        ingresses.remove(instance.toString());
        managements.remove(instance.toString());
    }

    /** Where calls can go. */
    public List<URI> ingresses() {
        return List.copyOf(ingresses.values());
    }

    /** Where one of the ingresses is. */
    public URI ingress(Instance instance) {
        return Objects.requireNonNull(ingresses.get(instance.toString()));
    }

    /** The management port of a process that serves. */
    public URI management(Instance instance) {
        return Objects.requireNonNull(managements.get(instance.toString()));
    }

    /** What a process of a role holds now, its garbage collected. */
    public Vitals vitals(Instance instance) throws IOException, InterruptedException {
        return Vitals.read(child(instance), management(instance), http);
    }

    /** Every process of every role. */
    public static List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Role role : Role.values()) {
            for (int number = 0; number < INSTANCES; number++) {
                all.add(new Instance(role, number));
            }
        }
        return all;
    }

    public ServerUnit server(ServerUnit.Kind kind) {
        return Objects.requireNonNull(servers.get(kind));
    }

    public FaultProxy vendor() {
        return vendor;
    }

    /** How the suite itself reaches the broker: as its operator. */
    public KafkaSettings kafka() {
        ServerUnit broker = server(ServerUnit.Kind.KAFKA);
        return KafkaEnvironment.read(Environment.of(broker.environment()), broker.address())
                .as(Principal.ADMIN);
    }

    /** Roles of which a process has ended by itself. */
    public List<String> ended() {
        return roles.values().stream()
                .filter(child -> !child.isAlive())
                .map(Child::name)
                .toList();
    }

    /** Ends every process at once: the run is itself ended. */
    private void endForcibly() {
        roles.values().forEach(Child::endForcibly);
        servers.values().forEach(ServerUnit::endForcibly);
    }

    private static URI at(String port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Kills the roles, and stops the servers. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            for (Child child : roles.values()) {
                child.kill();
            }
            for (ServerUnit server : servers.values()) {
                server.close();
            }
        } catch (InterruptedException e) {
            endForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
