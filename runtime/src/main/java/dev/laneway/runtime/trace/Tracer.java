package dev.laneway.runtime.trace;

import dev.laneway.contracts.RequestIds;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Finds what became of a request by reading the topics. At most two searches run at once, on threads of their own. Safe on any
 * thread.
 */
public final class Tracer {
    private static final int SEARCHES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        return onThread(search::run).onComplete(done -> free.release()).map(Tracer::answer);
    }

    /** Virtual threads: the search mostly waits for the broker, and the semaphore bounds how many there are. */
    private Future<Trace> onThread(Callable<Trace> search) {
        Promise<Trace> promise = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Thread.ofVirtual().name("laneway-trace").start(() -> {
            try {
                Trace trace = search.call();
                context.runOnContext(v -> promise.complete(trace));
            } catch (Exception e) {
                context.runOnContext(v -> promise.fail(e));
            }
        });
        return promise.future();
    }

    private static Answer answer(Trace trace) {
        return trace.steps().isEmpty() && trace.complete() ? new Answer.NotFound() : new Answer.Found(trace);
    }
}
