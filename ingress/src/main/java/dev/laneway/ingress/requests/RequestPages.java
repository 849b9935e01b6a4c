package dev.laneway.ingress.requests;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.RequestIds;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.call.AnswerText;
import dev.laneway.ingress.call.ClientNaming;
import dev.laneway.ingress.call.Deletions;
import dev.laneway.ingress.call.Replays;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.idempotency.Found;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/requests/NAME} and {@code .../answer}. A name is the gateway's id, or else what the caller itself sent as {@code
 * Idempotency-Key} or {@code X-Client-Request-Id}. A caller sees its own requests, an admin all. One event loop.
 */
public final class RequestPages {
    private static final Logger LOG = LoggerFactory.getLogger(RequestPages.class);

    private final FrontDoor door;
    private final IdempotencyStore names;
    private final RequestHistory history;
    private final Replays replays;
    private final Deletions deletions;

    public RequestPages(FrontDoor door, IdempotencyStore names, RequestHistory history, Replays replays) {
        this.door = door;
        this.names = names;
        this.history = history;
        this.replays = replays;
        this.deletions = new Deletions(names);
    }

    /** What became of it; with the answer's text where it is short. */
    public void show(Call call, Caller caller, String name) {
        withPast(call, caller, name, past -> {
            boolean everything = caller.isAdmin();
            if (past.end() instanceof Fact.Attempted answered && RequestJson.completed(past)) {
                deletions
                        .has(past.subject())
                        .compose(deleted -> deleted ? Future.succeededFuture(AnswerText.GONE) : replays.text(answered))
                        .onComplete((text, cause) ->
                                send(call, RequestJson.of(past, everything, cause == null ? text : null)));
            } else {
                send(call, RequestJson.of(past, everything, null));
            }
        });
    }

    /** The answer, as its client got it or would have got it; 404 for one that was deleted. */
    public void answer(Call call, Caller caller, String name) {
        withPast(call, caller, name, past -> {
            Fact end = past.end();
            if (end == null) {
                call.response().putHeader(HeaderNames.RETRY_AFTER, "1");
                door.refuse(call, Rejection.of(Refusal.IN_PROGRESS, call));
            } else {
                deletions.has(past.subject()).onComplete((deleted, cause) -> {
                    if (cause != null) {
                        door.refuse(call, Rejection.of(Refusal.KEYS_AWAY, call));
                    } else if (deleted) {
                        door.refuse(call, Rejection.of(Refusal.UNKNOWN_REQUEST, call));
                    } else {
                        replays.answer(call.as(past.subject().id()), end);
                    }
                });
            }
        });
    }

    private void withPast(Call call, Caller caller, String name, Consumer<Past> then) {
        past(caller, name).onComplete((past, cause) -> {
            if (cause instanceof RequestHistory.Busy) {
                door.refuse(call, Rejection.of(Refusal.SEARCHES_FULL, call));
            } else if (cause instanceof NamesAway) {
                door.refuse(call, Rejection.of(Refusal.KEYS_AWAY, call));
            } else if (cause != null) {
                LOG.warn("a request can't be looked up: {}", String.valueOf(cause));
                door.refuse(call, Rejection.of(Refusal.BROKER_AWAY, call));
            } else if (past.isEmpty() || !maySee(caller, past.get().subject())) {
                door.refuse(call, Rejection.of(Refusal.UNKNOWN_REQUEST, call));
            } else {
                then.accept(past.get());
            }
        });
    }

    /** Ids of the gateway's own form are looked up as they are: no client's name is mistaken for one. */
    private Future<Optional<Past>> past(Caller caller, String name) {
        if (RequestIds.acceptedAt(name).isPresent()) {
            return history.find(name);
        }
        return names.find(ClientNaming.keyDigest(caller.owner(), name), ClientNaming.labelDigest(caller.owner(), name))
                .recover(cause -> Future.failedFuture(new NamesAway()))
                .compose(found -> switch (found) {
                    case Found.Known known -> history.find(known.requestId());
                    case Found.Nothing nothing -> Future.succeededFuture(Optional.empty());
                    case Found.NotRestored forgotten -> Future.failedFuture(new NamesAway());
                });
    }

    private static boolean maySee(Caller caller, Fact.Subject subject) {
        return caller.isAdmin() || caller.owner().equals(subject.owner());
    }

    private static void send(Call call, JsonObject json) {
        if (!call.response().closed()) {
            call.json(200, json.encode().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The store of names does not answer, or has forgotten. */
    private static final class NamesAway extends RuntimeException {
        NamesAway() {
            super("names can't be looked up", null, false, false);
        }
    }
}
