package dev.laneway.ingress;

import dev.laneway.ingress.requests.Past;
import dev.laneway.ingress.requests.RequestHistory;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a test says became of requests. */
final class FakeHistory implements RequestHistory {
    final Map<String, Past> known = new ConcurrentHashMap<>();
    volatile @Nullable Throwable failure;

    @Override
    public Future<Optional<Past>> find(String requestId) {
        return failure == null
                ? Future.succeededFuture(Optional.ofNullable(known.get(requestId)))
                : Future.failedFuture(failure);
    }
}
