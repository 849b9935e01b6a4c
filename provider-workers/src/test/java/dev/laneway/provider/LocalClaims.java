package dev.laneway.provider;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Money;
import dev.laneway.provider.claims.Claim;
import dev.laneway.provider.claims.Claims;
import dev.laneway.provider.claims.InProcessClaims;
import dev.laneway.provider.claims.Remains;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;

/** A worker's claims of its own, for tests to change in one thing. */
class LocalClaims implements Claims {
    private final Claims claims = new InProcessClaims(10);

    @Override
    public Future<Claim> claim(Taken<Attempt> taken) {
        return claims.claim(taken);
    }

    @Override
    public Future<Void> markSent(Taken<Attempt> taken) {
        return claims.markSent(taken);
    }

    @Override
    public void paid(Taken<Attempt> taken, Money cost) {
        claims.paid(taken, cost);
    }

    @Override
    public void unspent(Taken<Attempt> taken) {
        claims.unspent(taken);
    }

    @Override
    public void withdraw(Taken<Attempt> taken) {
        claims.withdraw(taken);
    }

    @Override
    public Future<Void> mayTell(Taken<Attempt> taken) {
        return claims.mayTell(taken);
    }

    @Override
    public boolean sure() {
        return claims.sure();
    }

    @Override
    public Future<Boolean> stillOurs(Taken<Attempt> taken) {
        return claims.stillOurs(taken);
    }

    @Override
    public Future<Remains> remains(Taken<Attempt> taken) {
        return claims.remains(taken);
    }

    @Override
    public void settled(Taken<Attempt> taken) {
        claims.settled(taken);
    }

    @Override
    public void release(Taken<Attempt> taken) {
        claims.release(taken);
    }

    @Override
    public String epoch() {
        return claims.epoch();
    }
}
