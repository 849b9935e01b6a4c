package dev.laneway.runtime.rate;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.LongSupplier;

/** Counts within this process, for tests and for a single one. Safe on any thread. */
public final class ProcessRates implements RateStore {
    private final RateTally tally = new RateTally();
    private final LongSupplier clock;

    /** @param clock epoch milliseconds */
    public ProcessRates(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Future<Verdict> admit(Ask ask) {
        return Future.succeededFuture(tally.admit(ask, clock.getAsLong()));
    }

    @Override
    public synchronized void settle(Settlement settlement) {
        tally.settle(settlement);
    }

    @Override
    public synchronized void renew(List<Ask> underWay) {
        underWay.forEach(ask -> tally.renew(ask, clock.getAsLong()));
    }

    @Override
    public synchronized Future<Counted> look(List<Limited> holders) {
        return Future.succeededFuture(tally.look(holders, clock.getAsLong()));
    }

    @Override
    public Future<Void> ready() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
