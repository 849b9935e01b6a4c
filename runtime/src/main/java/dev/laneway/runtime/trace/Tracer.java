package dev.laneway.runtime.trace;

import dev.laneway.contracts.RequestIds;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Finds what became of a request by reading the topics. At most two searches run at once, on threads of their own. Safe on any
 * thread.
 */
public final class Tracer {
    private static final int SEARCHES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Virtual threads: a search mostly waits for the broker, and the semaphore bounds how many there are. */
    private static final Executor THREADS =
            search -> Thread.ofVirtual().name("laneway-trace").start(search);

    private final Vertx vertx;
    private final KafkaSettings kafka;
    private final Semaphore free = new Semaphore(SEARCHES);

    /** What became of a search. */
    public sealed interface Answer {
        record Found(Trace trace) implements Answer {}

        /** No topic has a record of it (any more), or it is not an id. */
        record NotFound() implements Answer {}

        /** Two others are being searched for. */
        record Busy() implements Answer {}
    }

    public Tracer(Vertx vertx, KafkaSettings kafka) {
        this.vertx = vertx;
        this.kafka = kafka;
    }

    /** Searches, for half a minute at most; fails where the broker does not answer. */
    public Future<Answer> trace(String requestId) {
        OptionalLong acceptedAt = RequestIds.acceptedAt(requestId);
        if (acceptedAt.isEmpty()) {
            return Future.succeededFuture(new Answer.NotFound());
        }
        if (!free.tryAcquire()) {
            return Future.succeededFuture(new Answer.Busy());
        }
        TopicSearch search = new TopicSearch(kafka, requestId, acceptedAt.getAsLong(), PATIENCE);
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> run(search), THREADS), vertx.getOrCreateContext())
                .onComplete(done -> free.release())
                .map(Tracer::answer);
    }

    private static Trace run(TopicSearch search) {
        try {
            return search.run();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static Answer answer(Trace trace) {
        return trace.steps().isEmpty() && trace.complete() ? new Answer.NotFound() : new Answer.Found(trace);
    }
}
