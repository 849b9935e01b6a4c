package dev.laneway.accounting.ledger;

import io.vertx.core.Future;
import java.util.List;

/** Where facts become rows. */
interface FactTables {
    /**
     * What a batch became.
     *
     * @param entries new ledger entries
     * @param requests requests that ended by it
     * @param late terminal facts of requests that had ended before
     * @param duplicates rows that were there already
     */
    record Written(int entries, int requests, int late, int duplicates) {}

    /** Writes facts, in the order of each partition, all or none; writing one again changes nothing. */
    Future<Written> write(List<UsageRecord> facts);

    /** Writes nothing more. */
    Future<Void> close();
}
