package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Claims as far as one process can promise: no attempt id is called twice by it. Remembers what is held, and the last
 * settled ids up to a bound; the oldest are forgotten first, long after their offsets were committed. One context.
 */
public final class InProcessClaims implements Claims {
    private final Map<String, Promise<Void>> held = new LinkedHashMap<>();
    private final RecentIds settled;

    /** @param remembered settled ids to keep, at least 1 */
    public InProcessClaims(int remembered) {
        settled = new RecentIds(remembered);
    }

    @Override
    public Future<Claim> claim(Attempt attempt) {
        String id = attempt.id();
        if (settled.contains(id)) {
            return Future.succeededFuture(new Claim.Held(Future.succeededFuture()));
        }
        Promise<Void> other = held.get(id);
        if (other != null) {
            return Future.succeededFuture(new Claim.Held(other.future()));
        }
        held.put(id, Promise.promise());
        return Future.succeededFuture(new Claim.Granted());
    }

    @Override
    public Future<Void> markSent(Attempt attempt) {
        return Future.succeededFuture();
    }

    @Override
    public void settled(Attempt attempt) {
        settled.add(attempt.id());
        Promise<Void> mine = held.remove(attempt.id());
        if (mine != null) {
            mine.complete();
        }
    }

    @Override
    public void release(Attempt attempt) {
        Promise<Void> mine = held.remove(attempt.id());
        if (mine != null) {
            mine.fail("given back");
        }
    }
}
