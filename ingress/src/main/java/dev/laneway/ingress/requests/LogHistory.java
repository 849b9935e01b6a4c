package dev.laneway.ingress.requests;

import dev.laneway.contracts.RequestIds;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Reads the log, on threads of its own; at most {@value #MOST} searches at once. */
public final class LogHistory implements RequestHistory {
    private static final int MOST = 8;
    private static final Executor THREADS =
            search -> Thread.ofVirtual().name("laneway-request-search").start(search);

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final Semaphore free = new Semaphore(MOST);

    public LogHistory(Vertx vertx, KafkaSettings kafka) {
        this.vertx = vertx;
        this.kafka = kafka;
    }

    @Override
    public Future<Optional<Past>> find(String requestId) {
        OptionalLong acceptedAt = RequestIds.acceptedAt(requestId);
        if (acceptedAt.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!free.tryAcquire()) {
            return Future.failedFuture(new Busy());
        }
        RequestSearch search = new RequestSearch(kafka, requestId, acceptedAt.getAsLong());
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(search::run, THREADS), vertx.getOrCreateContext())
                .onComplete(done -> free.release());
    }
}
