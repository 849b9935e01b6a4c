package dev.laneway.ingress.call;

import dev.laneway.contracts.Fact;
import dev.laneway.runtime.idempotency.Found;
import dev.laneway.runtime.idempotency.IdempotencyStore;
import io.vertx.core.Future;
import java.util.Objects;

/**
 * Marks of answers that were deleted: names of their requests that no client can give. Only responses that were stored can be deleted.
 * One event loop.
 */
public final class Deletions {
    /** No client can name its request so: a header holds no zero. */
    private static final String DELETED = "response\u0000deleted\u0000";

    private final IdempotencyStore names;

    /** Whether an answer was deleted can't be told just now. */
    public static final class MarksAway extends RuntimeException {
        MarksAway() {
            super("marks can't be looked up", null, false, false);
        }
    }

    public Deletions(IdempotencyStore names) {
        this.names = Objects.requireNonNull(names, "names");
    }

    /** Whether a request's answer was deleted. Fails with {@link MarksAway}. */
    public Future<Boolean> has(Fact.Subject subject) {
        return has(subject.owner(), subject.id());
    }

    Future<Boolean> has(String owner, String requestId) {
        return names.find(ClientNaming.keyDigest(owner, DELETED + requestId), label(owner, requestId))
                .recover(cause -> Future.failedFuture(new MarksAway()))
                .compose(found -> switch (found) {
                    case Found.Known known -> Future.succeededFuture(true);
                    case Found.Nothing nothing -> Future.succeededFuture(false);
                    case Found.NotRestored forgotten -> Future.failedFuture(new MarksAway());
                });
    }

    /** The name that marks a request's answer as deleted. */
    public static String label(Fact.Subject subject) {
        return label(subject.owner(), subject.id());
    }

    private static String label(String owner, String requestId) {
        return ClientNaming.labelDigest(owner, DELETED + requestId);
    }
}
