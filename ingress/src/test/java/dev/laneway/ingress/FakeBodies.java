package dev.laneway.ingress;

import dev.laneway.contracts.Fact;
import dev.laneway.ingress.requests.RequestBodies;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a test says clients sent. */
final class FakeBodies implements RequestBodies {
    final Map<String, Sent> sent = new ConcurrentHashMap<>();

    @Override
    public Future<Optional<Sent>> find(Fact.Subject subject) {
        return Future.succeededFuture(Optional.ofNullable(sent.get(subject.id())));
    }
}
