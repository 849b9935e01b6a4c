package dev.laneway.accounting.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A temporary table of a session, into which many rows are copied at once, to be inserted from there by one statement. It is empty again
 * after each transaction.
 *
 * @param <R> what a row is made from
 */
final class Staged<R> {
    private final String table;
    private final List<Column<R>> columns;
    private final CopyBuffer buffer = new CopyBuffer();

    Staged(String table, List<Column<R>> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    /** The columns' names, as a statement lists them. */
    String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temporary table " + table + " ("
                    + columns.stream()
                            .map(column -> column.name() + " " + column.type())
                            .collect(Collectors.joining(", "))
                    + ") on commit delete rows");
        }
    }

    void copy(Connection connection, List<R> rows) throws SQLException {
        buffer.begin();
        for (R row : rows) {
            buffer.row(columns.size());
            for (Column<R> column : columns) {
                column.writer().accept(row, buffer);
            }
        }
        buffer.end();
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " from stdin (format binary)");
        try {
            copy.writeToCopy(buffer.bytes(), 0, buffer.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
