package dev.laneway.accounting.ledger;

import dev.laneway.accounting.budgets.Spent;
import io.vertx.core.Future;
import java.util.List;

/** Where facts become rows. */
interface FactTables {
    /**
     * What a batch became.
     *
     * @param entries new ledger entries
     * @param requests requests that ended by it
     * @param late what was late and is new: attempts that another worker had given up, and ends of requests that had ended before
     * @param duplicates rows that were there already
     * @param spent what is new of attempts, each once; what came again is not among it
     */
    record Written(int entries, int requests, int late, int duplicates, List<Spent> spent) {
        public Written {
            spent = List.copyOf(spent);
        }
    }

    /** Writes facts, in the order of each partition, all or none; writing one again changes nothing. */
    Future<Written> write(List<UsageRecord> facts);

    /** Writes nothing more. */
    Future<Void> close();
}
