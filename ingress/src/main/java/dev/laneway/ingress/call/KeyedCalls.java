package dev.laneway.ingress.call;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Request;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.body.BodyWriter;
import dev.laneway.runtime.idempotency.Claim;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls with an {@code Idempotency-Key}: the first one becomes a request, once the key is its; a repeat is answered with what the first one
 * was answered, or told why not. Costs one round trip to the store of names. One event loop.
 */
final class KeyedCalls {
    /** A claim whose ingress dies before it has published is over after this; longer than any publication takes. */
    private static final Duration PROVISIONAL = Duration.ofSeconds(60);

    /** Addresses beside Gemini's that name a model. */
    private static final Pattern ADDRESSED = Pattern.compile("/openai/deployments/.*|(?:/v1)?/engines/.*");

    private static final long FIRST_WAIT_MILLIS = 50;
    private static final long LAST_WAIT_MILLIS = 800;

    private final Vertx vertx;
    private final Desk desk;
    private final FrontDoor door;
    private final Replays replays;
    private final Deletions deletions;
    private final Opening opening;

    KeyedCalls(Vertx vertx, Desk desk, FrontDoor door, Replays replays, Opening opening) {
        this.opening = opening;
        this.vertx = vertx;
        this.desk = desk;
        this.door = door;
        this.replays = replays;
        this.deletions = new Deletions(desk.names);
    }

    /** A call, and what it takes to make a request of it. */
    @SuppressWarnings("ArrayRecordComponent") // the body is handed on, not copied
    private record Keyed(
            Call call,
            ClientNames names,
            Admission admission,
            Function<@Nullable ClientNames, Request> envelope,
            byte[] body) {
        String key() {
            return Objects.requireNonNull(names.key());
        }
    }

    /** Takes a call that has its place in its lane. */
    void take(
            Call call,
            String keyDigest,
            @Nullable String labelDigest,
            Admission admission,
            Function<@Nullable ClientNames, Request> envelope,
            byte[] body) {
        digest(call, body).onComplete((digest, defect) -> {
            Keyed keyed = new Keyed(
                    call,
                    new ClientNames(keyDigest, defect == null ? digest : "", labelDigest),
                    admission,
                    envelope,
                    body);
            if (defect == null) {
                claim(keyed, FIRST_WAIT_MILLIS);
            } else {
                reject(keyed, Refusal.DEFECT);
            }
        });
    }

    /** @param waitMillis before the next look at a request that may have ended just now */
    private void claim(Keyed keyed, long waitMillis) {
        desk.names.claim(keyed.names, keyed.call.id(), PROVISIONAL).onComplete((claim, cause) -> {
            if (cause != null) {
                desk.names.release(keyed.key(), keyed.call.id()); // it may have been granted all the same
                reject(keyed, Refusal.KEYS_AWAY);
                return;
            }
            switch (claim) {
                case Claim.Granted granted -> granted(keyed);
                case Claim.Taken taken -> taken(keyed, taken, waitMillis);
                case Claim.NotRestored forgotten -> reject(keyed, Refusal.KEYS_AWAY);
            }
        });
    }

    private void granted(Keyed keyed) {
        if (keyed.call.response().closed()) {
            desk.names.release(keyed.key(), keyed.call.id());
            reject(keyed, Refusal.GONE);
        } else {
            opening.open(
                    keyed.call,
                    keyed.admission,
                    keyed.envelope.apply(keyed.names),
                    keyed.body,
                    true,
                    () -> desk.names.release(keyed.key(), keyed.call.id()));
        }
    }

    /** That a request has ended comes a moment after its answer: a repeat that is as fast waits for it. */
    private void taken(Keyed keyed, Claim.Taken taken, long waitMillis) {
        if (!taken.body().equals(keyed.names.body())) {
            reject(keyed, Refusal.KEY_REUSED);
        } else if (taken.end() != null) {
            repeat(keyed, taken.requestId(), taken.end());
        } else if (waitMillis > LAST_WAIT_MILLIS || desk.inbox.expects(taken.requestId())) {
            keyed.call.response().putHeader(HeaderNames.RETRY_AFTER, "1");
            reject(keyed, Refusal.IN_PROGRESS);
        } else {
            vertx.setTimer(waitMillis, over -> claim(keyed, 2 * waitMillis));
        }
    }

    private void repeat(Keyed keyed, String requestId, Fact end) {
        boolean mayBeDeleted = keyed.call.dialect().id() == Dialect.OPENAI_RESPONSES;
        Future<Boolean> deleted = mayBeDeleted && end instanceof Fact.OfRequest of
                ? deletions.has(of.request().owner(), requestId)
                : Future.succeededFuture(false);
        deleted.onComplete((gone, cause) -> {
            if (cause != null) {
                reject(keyed, Refusal.KEYS_AWAY);
            } else if (gone) {
                reject(keyed, Refusal.ANSWER_GONE);
            } else {
                give(keyed);
                replays.repeat(keyed.call.as(requestId), end);
            }
        });
    }

    private Future<String> digest(Call call, byte[] body) {
        // where the address says what is asked, it is a part of what was asked
        String path = call.http().path();
        String address =
                call.dialect().id() == Dialect.GEMINI || ADDRESSED.matcher(path).matches() ? path : "";
        return BodyWriter.tooLarge(body.length)
                ? vertx.executeBlocking(
                        () -> ClientNaming.bodyDigest(call.dialect().id(), address, body), false)
                : Future.succeededFuture(ClientNaming.bodyDigest(call.dialect().id(), address, body));
    }

    private void reject(Keyed keyed, Refusal why) {
        give(keyed);
        door.refuse(keyed.call, Rejection.of(why, keyed.call));
    }

    /** Gives back its place in the lane and its body's room. */
    private void give(Keyed keyed) {
        keyed.admission.place().leave();
        desk.memory.release(keyed.body.length);
    }
}
