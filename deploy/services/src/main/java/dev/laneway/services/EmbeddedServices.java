package dev.laneway.services;

import dev.laneway.contracts.Principal;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, PostgreSQL and Redis for one machine. Those that are not external start in parallel; all of them are up when
 * {@link #start} returns, and none is when it throws. Thread-safe.
 */
public final class EmbeddedServices implements AutoCloseable {
    private final Endpoints endpoints;
    private final ServerGroup servers;
    private final @Nullable Site site;
    private final @Nullable KafkaUsers users;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServices(
            Endpoints endpoints, ServerGroup servers, @Nullable Site site, @Nullable KafkaUsers users) {
        this.endpoints = endpoints;
        this.servers = servers;
        this.site = site;
        this.users = users;
    }

    /**
     * Blocks until every server answers: about two seconds in a new JVM on a folder that has been used, some more the first
     * time.
     *
     * @throws ServicesException when one of them cannot start; the others are stopped again, and what they kept is kept
     */
    public static EmbeddedServices start(ServicesConfig config) throws ServicesException {
        return start(config, DataFolder.LEAST_FREE_BYTES);
    }

    static EmbeddedServices start(ServicesConfig config, long leastFreeBytes) throws ServicesException {
        ExternalServers.check(config);
        Endpoints external = config.external();
        if (config.startsNothing()) {
            return new EmbeddedServices(external, new ServerGroup(), null, null);
        }
        DataFolder folder = config.ephemeral()
                ? DataFolder.temporary(leastFreeBytes)
                : DataFolder.open(config.dataDir(), leastFreeBytes);
        ServerGroup servers = new ServerGroup();
        Site site = null;
        try {
            site = Site.on(folder, config.ephemeral());
            site.check(config);
            Endpoints endpoints = servers.start(starts(config, site), external);
            folder.ports().save();
            KafkaUsers users = config.externalKafka() == null ? KafkaUsers.of(folder) : null;
            return new EmbeddedServices(endpoints, servers, site, users);
        } catch (ServicesException | IOException e) {
            servers.stop();
            if (site == null) {
                folder.close();
            } else {
                site.close();
            }
            throw folder.refusal(e);
        }
    }

    private static ServerGroup.Starts starts(ServicesConfig config, Site site) {
        return new ServerGroup.Starts(
                config.externalKafka() != null ? null : () -> KafkaServer.start(site),
                config.externalDatabaseUrl() != null ? null : () -> PostgresServer.start(site),
                config.externalRedisUrl() != null ? null : () -> RedisServer.start(site));
    }

    /** Where the three listen, whether embedded or external. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /**
     * What makes a Kafka client one of the broker's users, its address among it; with an external broker that is all there is. Holds a
     * password.
     */
    public Map<String, String> kafkaClient(Principal principal) {
        Map<String, String> client = new LinkedHashMap<>();
        client.put("bootstrap.servers", endpoints.kafkaBootstrapServers());
        if (users != null) {
            client.putAll(users.client(principal));
        }
        return Collections.unmodifiableMap(client);
    }

    /** The same, as the one who may do everything. */
    public Map<String, String> kafkaAdmin() {
        return kafkaClient(Principal.ADMIN);
    }

    /** The environment that makes a role use these servers, in the order in which to print it. Holds passwords. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.kafkaBootstrapServers());
        if (users != null) {
            environment.putAll(users.environment());
        }
        environment.put("DATABASE_URL", endpoints.databaseUrl());
        environment.put("REDIS_URL", endpoints.redisUrl());
        return Collections.unmodifiableMap(environment);
    }

    /**
     * Completes with one line when a server that was started here ends by itself: its disk is full, somebody killed it. The
     * others run on until {@link #close()}.
     */
    public CompletableFuture<String> failure() {
        return servers.failure();
    }

    /**
     * Stops what was started here, each server in good order, within about seven seconds. A second call does nothing.
     *
     * <p>No shutdown hook of this class does it, because requests may still drain in one of the caller's. Should the JVM end
     * without this call, even by {@code kill -9}, a process beside it ends the servers and deletes an ephemeral folder.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && site != null) {
            servers.stop();
            site.close();
        }
    }
}
