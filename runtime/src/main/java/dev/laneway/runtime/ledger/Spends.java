package dev.laneway.runtime.ledger;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import io.vertx.core.Future;
import java.util.Map;

/** What holders have spent, open estimates included. */
@FunctionalInterface
public interface Spends {
    /**
     * What one has spent.
     *
     * @param ever since there is a ledger
     * @param lately since a moment, and in all of the hour in which that was
     */
    record Spend(Money ever, Money lately) {
        public static final Spend NOTHING = new Spend(Money.ZERO, Money.ZERO);
    }

    /**
     * Asks for some holders at once. Fails, within some seconds, while the database does not answer.
     *
     * @param scope any but {@link Scope#DEPLOYMENT}, which roll-ups don't have; the ids of {@link Scope#KEY} are owners
     * @param since by id: the moment, epoch milliseconds
     * @return by id; one who never spent anything is left out
     */
    Future<Map<String, Spend>> spent(Scope scope, Map<String, Long> since);
}
