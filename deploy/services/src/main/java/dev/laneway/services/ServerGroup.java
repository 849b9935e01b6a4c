package dev.laneway.services;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Servers that start at the same time, each on a virtual thread, and stop together. */
final class ServerGroup {
    private static final int TRIES = 5;
    /** Milliseconds. */
    private static final long PAUSE_BETWEEN_TRIES = 200;

    private final List<Server> running = new CopyOnWriteArrayList<>();

    /** Starts one server and blocks until it answers. */
    @FunctionalInterface
    interface Start {
        Server run() throws ServicesException, IOException, PassingObstacle, InterruptedException;
    }

    /** What to start; null where an external server takes the place. */
    record Starts(
            @Nullable Start kafka,
            @Nullable Start postgres,
            @Nullable Start redis) {}

    /** Blocks until each has started or failed. When one has failed, those that had started are stopped again. */
    Endpoints start(Starts starts, Endpoints external) throws ServicesException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var kafka = submit(executor, "Kafka", starts.kafka());
            var postgres = submit(executor, "PostgreSQL", starts.postgres());
            var redis = submit(executor, "Redis", starts.redis());
            return new Endpoints(
                    endpoint(kafka, external.kafkaBootstrapServers()),
                    endpoint(postgres, external.databaseUrl()),
                    endpoint(redis, external.redisUrl()));
        }
    }

    private @Nullable Future<Server> submit(ExecutorService executor, String name, @Nullable Start start) {
        return start == null ? null : executor.submit(() -> startOne(name, start));
    }

    private Server startOne(String name, Start start) throws ServicesException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Server server = start.run();
                running.add(server);
                return server;
            } catch (PassingObstacle e) {
                if (attempt == TRIES) {
                    throw new ServicesException(name + " cannot start: " + e.getMessage() + ": start again", e);
                }
                Thread.sleep(PAUSE_BETWEEN_TRIES);
            } catch (IOException e) {
                throw new ServicesException(name + " cannot start: " + DataFolder.reason(e), e);
            }
        }
    }

    private static String endpoint(@Nullable Future<Server> start, String external) throws ServicesException {
        if (start == null) {
            return external;
        }
        try {
            return start.get().endpoint();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ServicesException services
                    ? services
                    : new ServicesException("the servers cannot start: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServicesException("interrupted while the servers were starting", e);
        }
    }

    /** Completes with one line when any of them ends by itself. */
    CompletableFuture<String> failure() {
        return running.stream()
                .map(Server::failure)
                .reduce((one, other) -> one.applyToEither(other, line -> line))
                .orElseGet(CompletableFuture::new);
    }

    void stop() {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            running.reversed().forEach(server -> executor.execute(server::stop));
        }
    }
}
