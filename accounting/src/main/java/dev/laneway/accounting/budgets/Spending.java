package dev.laneway.accounting.budgets;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.money.Window;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Set;

/** What was spent, by the ledger. Each method fails where the database is away. */
interface Spending {
    /** By requests that were accepted within a window, of its holder. */
    Future<Money> in(Window window);

    /** Those of the attempts that the ledger has. */
    Future<Set<String>> known(Collection<String> attempts);
}
