package dev.laneway.accounting.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps writing the ledger and emptying it apart: an advisory lock of PostgreSQL that sessions which write share, and one that empties has
 * alone. It is held until its session ends. PostgreSQL's own locks would not do: between the two, offsets are forgotten.
 */
final class LedgerLock {
    private static final long KEY = 0x6c616e6c656467L;

    private LedgerLock() {}

    /** Whether this session may write. */
    static boolean shared(Statement statement) throws SQLException {
        return ask(statement, "pg_try_advisory_lock_shared");
    }

    /** Whether this session is the only one. */
    static boolean alone(Statement statement) throws SQLException {
        return ask(statement, "pg_try_advisory_lock");
    }

    private static boolean ask(Statement statement, String function) throws SQLException {
        try (ResultSet row = statement.executeQuery("select " + function + "(" + KEY + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
