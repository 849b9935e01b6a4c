package dev.laneway.ingress.responses;

import dev.laneway.ingress.call.Deletions;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.requests.RequestHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told where a stored response can't be looked up. */
final class StoreFailure {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFailure.class);

    private StoreFailure() {}

    static Rejection rejection(Call call, Throwable cause) {
        return switch (cause) {
            case RequestHistory.Busy busy -> Rejection.of(Refusal.SEARCHES_FULL, call);
            case Deletions.MarksAway away -> Rejection.of(Refusal.KEYS_AWAY, call);
            default -> {
                LOG.warn("{}: a stored response can't be looked up", call.id(), cause);
                yield Rejection.of(Refusal.BROKER_AWAY, call);
            }
        };
    }
}
