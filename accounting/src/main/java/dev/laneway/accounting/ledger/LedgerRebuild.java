package dev.laneway.accounting.ledger;

import dev.laneway.accounting.database.Schema;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * Empties the ledger's tables, so that accounting projects them anew from all that {@code lw.usage} holds. Not while an accounting
 * runs: its group's offsets are forgotten first, which the broker refuses for a group with members. A rebuild that is cut short is
 * harmless: what is read again is left as it is.
 */
public final class LedgerRebuild {
    private static final int ANSWER_SECONDS = 15;

    private LedgerRebuild() {}

    /** Fails with a message of one line where an accounting runs, or a server does not answer. */
    public static Future<Void> run(Vertx vertx, KafkaSettings kafka, DatabaseUrl url) {
        Pool pool = Databases.pool(vertx, url, "laneway-rebuild", 1);
        return vertx.executeBlocking(() -> forgetOffsets(kafka))
                .compose(forgotten -> new Schema(vertx, url).ensure())
                .compose(there -> pool.query("truncate laneway.ledger_entries, laneway.requests, laneway.late_facts,"
                                + " laneway.cost_hours")
                        .execute())
                .<Void>mapEmpty()
                .eventually(pool::close);
    }

    private static boolean forgetOffsets(KafkaSettings kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.admin("laneway-rebuild"))) {
            admin.deleteConsumerGroups(List.of(Ledger.GROUP)).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case GroupIdNotFoundException neverRead -> true;
                case GroupNotEmptyException running ->
                    throw new IllegalStateException("stop every accounting before a rebuild of the ledger", running);
                case null, default -> throw e;
            };
        }
    }
}
