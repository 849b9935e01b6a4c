package dev.laneway.ingress.responses;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.RequestIds;
import dev.laneway.dialects.responses.ItemIds;
import dev.laneway.dialects.responses.StoredResponse;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.call.Deletions;
import dev.laneway.ingress.call.Outbox;
import dev.laneway.ingress.call.Replays;
import dev.laneway.ingress.requests.Past;
import dev.laneway.ingress.requests.RequestBodies;
import dev.laneway.ingress.requests.RequestHistory;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds stored responses, and deletes them. A caller sees its own, the master key all. A future fails with {@link
 * RequestHistory.Busy}, with {@link Deletions.MarksAway}, or where the broker does not answer in time. One event loop.
 */
public final class ResponseStore {
    /** A longer answer is not given back, nor gone on from. */
    static final int LARGEST_ANSWER = 16 << 20;

    private static final long FIRST_WAIT_MILLIS = 20;
    private static final long LAST_WAIT_MILLIS = 640;

    private final Vertx vertx;
    private final RequestHistory history;
    private final RequestBodies bodies;
    private final Replays replays;
    private final IdempotencyStore names;
    private final Outbox outbox;
    private final Supplier<Duration> kept;
    private final Deletions deletions;

    /** A response, and whose it is. */
    record Stored(Fact.Subject subject, StoredResponse response) {}

    /** @param kept how long answers are kept */
    public ResponseStore(
            Vertx vertx,
            RequestHistory history,
            RequestBodies bodies,
            Replays replays,
            IdempotencyStore names,
            Outbox outbox,
            Supplier<Duration> kept) {
        this.vertx = vertx;
        this.history = history;
        this.bodies = bodies;
        this.replays = replays;
        this.names = names;
        this.deletions = new Deletions(names);
        this.outbox = outbox;
        this.kept = kept;
    }

    /** The response of that id; empty where the caller has none of it, or not any more. */
    Future<Optional<Stored>> find(Caller caller, String responseId) {
        String requestId = ItemIds.requestOfResponse(responseId);
        return requestId == null ? Future.succeededFuture(Optional.empty()) : ofRequest(caller, requestId);
    }

    /** The response to that request. */
    Future<Optional<Stored>> ofRequest(Caller caller, String requestId) {
        if (RequestIds.acceptedAt(requestId).isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return answered(caller, requestId, FIRST_WAIT_MILLIS).compose(end -> {
            if (end == null) {
                return Future.succeededFuture(Optional.empty());
            }
            return deletions
                    .has(end.request())
                    .compose(deleted -> deleted ? Future.succeededFuture(Optional.empty()) : read(end));
        });
    }

    /** That a request has ended comes a moment after its answer: a client that is as fast waits for it. */
    private Future<Fact.@Nullable Attempted> answered(Caller caller, String requestId, long waitMillis) {
        return history.find(requestId).compose(found -> {
            Past past = found.orElse(null);
            if (past != null && !maySee(caller, past.subject())) {
                return Future.succeededFuture(null);
            }
            if (past == null || past.end() == null) {
                return waitMillis > LAST_WAIT_MILLIS
                        ? Future.succeededFuture(null)
                        : vertx.timer(waitMillis).compose(over -> answered(caller, requestId, 2 * waitMillis));
            }
            return Future.succeededFuture(past.end() instanceof Fact.Attempted end ? end : null);
        });
    }

    private static boolean maySee(Caller caller, Fact.Subject subject) {
        return caller.isAdmin() || caller.owner().equals(subject.owner());
    }

    private Future<Optional<Stored>> read(Fact.Attempted end) {
        return bodies.find(end.request()).compose(sent -> {
            if (sent.isEmpty() || sent.get().request().dialect() != Dialect.OPENAI_RESPONSES) {
                return Future.succeededFuture(Optional.empty());
            }
            boolean stream = sent.get().request().stream();
            return replays.bytes(end, LARGEST_ANSWER)
                    .map(answer -> Optional.ofNullable(
                                    answer.length == 0
                                            ? null
                                            : StoredResponse.of(
                                                    end.requestId(), sent.get().body(), answer, stream))
                            .map(response -> new Stored(end.request(), response)));
        });
    }

    /** Deletes it: once the broker has the mark, it is gone for everybody. */
    Future<Void> delete(Stored stored) {
        Fact.Subject subject = stored.subject();
        String label = Deletions.label(subject);
        names.label(label, subject.id(), kept.get());
        return outbox.mark(new Fact.Subject(
                subject.id(),
                subject.owner(),
                subject.route(),
                subject.lane(),
                subject.zone(),
                subject.workClass(),
                subject.acceptedAt(),
                new ClientNames(null, null, label),
                subject.payer()));
    }
}
