package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Outcome;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.util.List;

/**
 * The fact of a call whose worker died, and whose deployment the config does not have any more: what was held for it is what it cost, for of its
 * price, its vendor and its model nothing else is known.
 */
public final class OrphanFact {
    private static final String UNKNOWN = "";

    private OrphanFact() {}

    /** Succeeds when it is acknowledged. */
    public static Future<Void> publish(Desk desk, Taken<Attempt> taken, Topics.Parsed topic, FailedAttempt failed) {
        Attempt attempt = taken.event();
        Hold hold = attempt.hold();
        Charge charge = Charge.held(hold);
        Fact.Attempted fact = new Fact.Attempted(
                Fact.Subject.of(attempt.request()),
                attempt.id(),
                attempt.deployment(),
                attempt.plan().hops().get(attempt.hop()).name(),
                UNKNOWN,
                attempt.account(),
                UNKNOWN,
                topic.zone(),
                desk.region(),
                Outcome.UNKNOWN,
                failed.failure().kind(),
                failed.failure().vendorStatus(),
                true,
                null,
                attempt.publishedAt(),
                0,
                failed.failedAt(),
                null,
                false,
                charge,
                hold == null ? List.of() : hold.windows());
        return desk.outcomes()
                .publish(() -> desk.outbox().fact(fact))
                .onSuccess(acknowledged -> desk.claims().paid(taken, charge.cost()));
    }
}
