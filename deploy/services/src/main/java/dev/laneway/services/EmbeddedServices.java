package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, PostgreSQL and Redis for one machine. Those that are not external start in parallel; all of them are up when
 * {@link #start} returns, and none is when it throws. Thread-safe.
 */
public final class EmbeddedServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServices.class);
    /** How often a server may lose the port it was given to somebody else. */
    private static final int PORT_TRIES = 3;

    private final ServicesConfig config;
    private final @Nullable DataFolder folder;
    private final List<Server> running;
    private final Endpoints endpoints;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServices(
            ServicesConfig config, @Nullable DataFolder folder, List<Server> running, Endpoints endpoints) {
        this.config = config;
        this.folder = folder;
        this.running = running;
        this.endpoints = endpoints;
    }

    /**
     * Blocks until every server answers: about a second on a folder that has been used, some more on a new one.
     *
     * @throws ServicesException when one of them cannot start; the others are stopped again and nothing is lost
     */
    public static EmbeddedServices start(ServicesConfig config) throws ServicesException {
        return start(config, DataFolder.LEAST_FREE_BYTES);
    }

    static EmbeddedServices start(ServicesConfig config, long leastFreeBytes) throws ServicesException {
        ExternalServers.check(config);
        if (config.startsNothing()) {
            return new EmbeddedServices(config, null, List.of(), endpoints(config, null, null, null));
        }
        DataFolder folder = DataFolder.open(config.ephemeral() ? temporary() : config.dataDir(), leastFreeBytes);
        BinaryCache cache = BinaryCache.ofUserElse(folder.root().resolve("programs"));
        List<Server> running = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = launch(
                    starting, running, config.externalKafka(), () -> KafkaServer.start(folder, config.ephemeral()));
            var postgres = launch(
                    starting,
                    running,
                    config.externalDatabaseUrl(),
                    () -> PostgresServer.start(folder, config.ephemeral(), cache));
            var redis = launch(
                    starting,
                    running,
                    config.externalRedisUrl(),
                    () -> RedisServer.start(folder, config.ephemeral(), cache));
            var endpoints = endpoints(config, result(kafka), result(postgres), result(redis));
            folder.ports().save();
            return new EmbeddedServices(config, folder, running, endpoints);
        } catch (ServicesException | IOException e) {
            // Leaving the block above waited for every start to end.
            new EmbeddedServices(config, folder, running, endpoints(config, null, null, null)).close();
            throw e instanceof ServicesException services
                    ? services
                    : new ServicesException("data folder " + folder.root() + " cannot be used: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Start {
        Server run() throws ServicesException, IOException, PortTaken, InterruptedException;
    }

    private static @Nullable Future<Server> launch(
            ExecutorService executor, List<Server> running, @Nullable String external, Start start) {
        if (external != null) {
            return null;
        }
        return executor.submit(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    Server server = start.run();
                    running.add(server);
                    return server;
                } catch (PortTaken e) {
                    if (attempt == PORT_TRIES) {
                        throw new ServicesException(e.getMessage() + ": too many ports are taken; try again", e);
                    }
                }
            }
        });
    }

    private static @Nullable String result(@Nullable Future<Server> start) throws ServicesException {
        if (start == null) {
            return null;
        }
        try {
            return start.get().endpoint();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServicesException services) {
                throw services;
            }
            throw new ServicesException("cannot start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServicesException("interrupted while the servers were starting", e);
        }
    }

    private static Endpoints endpoints(
            ServicesConfig config, @Nullable String kafka, @Nullable String postgres, @Nullable String redis) {
        return new Endpoints(
                either(config.externalKafka(), kafka),
                either(config.externalDatabaseUrl(), postgres),
                either(config.externalRedisUrl(), redis));
    }

    private static String either(@Nullable String external, @Nullable String embedded) {
        return external != null ? external.strip() : embedded != null ? embedded : "";
    }

    private static Path temporary() throws ServicesException {
        try {
            return Files.createTempDirectory("laneway-");
        } catch (IOException e) {
            throw new ServicesException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    /** Where the three listen, whether embedded or external. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The environment that makes a role use these servers, in the order in which to print it. Holds passwords. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.kafkaBootstrapServers());
        environment.put("DATABASE_URL", endpoints.databaseUrl());
        environment.put("REDIS_URL", endpoints.redisUrl());
        return Collections.unmodifiableMap(environment);
    }

    /** Stops what was started here, each in an orderly way, within about seven seconds. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true) || folder == null) {
            return;
        }
        try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            List.copyOf(running).reversed().forEach(server -> stopping.execute(server::stop));
        }
        try (folder) {
            if (config.ephemeral()) {
                Trees.delete(folder.root());
            }
        } catch (IOException e) {
            LOG.warn("data folder {}: {}", folder.root(), e.getMessage());
        }
    }
}
