package dev.laneway.accounting.ledger;

import dev.laneway.accounting.database.JdbcAccess;
import dev.laneway.accounting.ledger.LedgerRows.End;
import dev.laneway.accounting.ledger.LedgerRows.Made;
import dev.laneway.contracts.Fact;
import dev.laneway.runtime.database.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projections of {@code lw.usage} in PostgreSQL, written on a thread and over a connection of their own, which is made anew after a
 * failure. JDBC, since the driver of the event loop does not know {@code COPY}.
 */
final class LedgerTables implements FactTables {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTables.class);
    private static final int MOST_SECONDS = 60;

    private final WorkerExecutor thread;
    private final DataSource source;
    private @Nullable LedgerSession session; // belongs to the thread

    LedgerTables(Vertx vertx, DatabaseUrl url) {
        thread = vertx.createSharedWorkerExecutor(
                "laneway-ledger-" + System.nanoTime(), 1, MOST_SECONDS, TimeUnit.SECONDS);
        source = JdbcAccess.of(url, "laneway-ledger");
    }

    @Override
    public Future<Written> write(List<UsageRecord> facts) {
        return thread.executeBlocking(() -> writeNow(facts));
    }

    @Override
    public Future<Void> close() {
        return thread.executeBlocking(() -> {
                    leave();
                    return true;
                })
                .eventually(thread::close)
                .mapEmpty();
    }

    private Written writeNow(List<UsageRecord> facts) throws SQLException {
        boolean whole = false;
        try {
            Written written = session().write(attempts(facts), ends(facts));
            whole = true;
            return written;
        } finally {
            if (!whole) { // whatever it was, what was begun must not go on with the next batch
                leave();
            }
        }
    }

    private static List<Made> attempts(List<UsageRecord> facts) {
        List<Made> attempts = new ArrayList<>(facts.size());
        for (UsageRecord fact : facts) {
            Fact.Attempted made = fact.attempted();
            if (made != null) {
                attempts.add(new Made(fact, made));
            }
        }
        return attempts;
    }

    private static List<End> ends(List<UsageRecord> facts) {
        List<End> ends = new ArrayList<>(facts.size());
        for (UsageRecord fact : facts) {
            Fact.Terminal terminal = fact.terminal();
            if (terminal != null) {
                ends.add(new End(fact, terminal));
            }
        }
        return ends;
    }

    private LedgerSession session() throws SQLException {
        LedgerSession open = session;
        if (open == null) {
            open = new LedgerSession(source.getConnection());
            session = open;
        }
        return open;
    }

    private void leave() {
        LedgerSession open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                LOG.debug("a connection could not be closed: {}", gone.toString());
            }
        }
    }
}
