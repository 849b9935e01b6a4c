package dev.laneway.provider.claims;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Money;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    public Future<Claim> claim(Taken<Attempt> taken) {
        String id = taken.event().id();
        Claim.Held other = held(id);
        return Future.succeededFuture(other == null ? hold(id) : other);
    }

    private Claim.@Nullable Held held(String id) {
        if (settled.contains(id)) {
            return new Claim.Held(Future.succeededFuture());
        }
        Promise<Void> other = held.get(id);
        return other == null ? null : new Claim.Held(other.future());
    }

    private Claim hold(String id) {
        held.put(id, Promise.promise());
        return new Claim.Granted();
    }

    @Override
    public Future<Void> markSent(Taken<Attempt> taken) {
        return Future.succeededFuture();
    }

    /** It holds no money. */
    @Override
    public void paid(Taken<Attempt> taken, Money cost) {}

    @Override
    public void unspent(Taken<Attempt> taken) {}

    @Override
    public void withdraw(Taken<Attempt> taken) {}

    @Override
    public Future<Void> mayTell(Taken<Attempt> taken) {
        return Future.succeededFuture();
    }

    @Override
    public boolean sure() {
        return true;
    }

    @Override
    public Future<Boolean> stillOurs(Taken<Attempt> taken) {
        return Future.succeededFuture(true);
    }

    /** It has no log to ask. */
    @Override
    public Future<Remains> remains(Taken<Attempt> taken) {
        return Future.succeededFuture(new Remains.Unknown(0));
    }

    @Override
    public String epoch() {
        return StartMark.NO_EPOCH;
    }

    @Override
    public void settled(Taken<Attempt> taken) {
        String id = taken.event().id();
        settled.add(id);
        Promise<Void> mine = held.remove(id);
        if (mine != null) {
            mine.complete();
        }
    }

    @Override
    public void release(Taken<Attempt> taken) {
        Promise<Void> mine = held.remove(taken.event().id());
        if (mine != null) {
            mine.fail("given back");
        }
    }
}
