package dev.laneway.provider.call;

import dev.laneway.contracts.BodyRef;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.provider.credentials.Authorization;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.body.BodyLostException;
import io.vertx.core.Future;

/** What became of getting an attempt ready to be sent: its body fetched, turned into the vendor's words, and authorised. */
sealed interface Preparation {
    /** A larger body is turned into the vendor's words on another thread: 20 MB take seconds. */
    int QUICKLY_TRANSLATED_BYTES = 256 * 1024;

    /** The exchange is there, or refused. */
    record Opened(Exchange exchange) implements Preparation {}

    /** A piece of the body is gone from its topic, and will not come back. */
    record BodyLost(BodyLostException cause) implements Preparation {}

    /** The body could not be read just now. */
    record NotRead(Throwable cause) implements Preparation {}

    /** A bug of ours. */
    record Defect(Throwable cause) implements Preparation {}

    /** Prepares an attempt, at once where the body is small and came with it. The future does not fail. One context. */
    static Future<Preparation> of(Desk desk, Assignment assignment) {
        return written(desk, assignment)
                .compose(preparation -> preparation instanceof Opened(Exchange.Ready ready)
                        ? authorized(desk, assignment, ready)
                        : Future.succeededFuture(preparation))
                .otherwise(Defect::new);
    }

    private static Future<Preparation> authorized(Desk desk, Assignment assignment, Exchange.Ready ready) {
        return desk.credentials()
                .authorize(ready.call(), assignment.served().credential())
                .map(authorization -> new Opened(
                        switch (authorization) {
                            case Authorization.Given(UpstreamCall call) -> ready.calling(call);
                            case Authorization.Denied(Failure failure) -> new Exchange.Refused(failure);
                        }));
    }

    private static Future<Preparation> written(Desk desk, Assignment assignment) {
        BodyRef reference = assignment.attempt().request().body();
        if (reference == null) {
            try {
                return translate(
                        desk,
                        assignment,
                        AttemptValue.body(
                                assignment.attempt(), assignment.taken().value()));
            } catch (IllegalArgumentException e) {
                return Future.succeededFuture(new Defect(e));
            }
        }
        return desk.bodies()
                .apply(reference)
                .compose(
                        whole -> translate(desk, assignment, whole),
                        cause -> Future.succeededFuture(
                                cause instanceof BodyLostException lost ? new BodyLost(lost) : new NotRead(cause)));
    }

    private static Future<Preparation> translate(Desk desk, Assignment assignment, byte[] whole) {
        if (whole.length > QUICKLY_TRANSLATED_BYTES) {
            return desk.context()
                    .executeBlocking(() -> Question.put(desk.exchanges(), assignment, whole), false)
                    .<Preparation>map(Opened::new)
                    .otherwise(Defect::new);
        }
        try {
            return Future.succeededFuture(new Opened(Question.put(desk.exchanges(), assignment, whole)));
        } catch (RuntimeException e) {
            return Future.succeededFuture(new Defect(e));
        }
    }
}
