package dev.laneway.runtime.ledger;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Scope;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** What holders have spent since there is a ledger, open estimates included. */
@FunctionalInterface
public interface Spends {
    /**
     * Asks for some holders at once. Fails, within some seconds, while the database does not answer.
     *
     * @param scope any but {@link Scope#DEPLOYMENT}, which roll-ups don't have; the ids of {@link Scope#KEY} are owners
     * @return by id; one who spent nothing is left out
     */
    Future<Map<String, Money>> spent(Scope scope, Collection<String> ids);
}
