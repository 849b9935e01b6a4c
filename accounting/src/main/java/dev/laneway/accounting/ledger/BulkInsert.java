package dev.laneway.accounting.ledger;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Inserts many rows by one statement with an array for each column: a fraction of the work of a statement a row. Rows whose key is
 * there already are left as they are; of two rows with one key the first counts. Immutable.
 *
 * @param <R> what a row is made from
 */
final class BulkInsert<R> {
    private final List<Column<R>> columns;
    private final String sql;

    BulkInsert(String table, List<Column<R>> columns) {
        this(table, columns, "true");
    }

    /** @param where which rows, named {@code new}, to insert */
    BulkInsert(String table, List<Column<R>> columns, String where) {
        this.columns = List.copyOf(columns);
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + columns.get(i).type() + "[]")
                .collect(Collectors.joining(", "));
        sql = "insert into " + table + " (" + names + ") select * from unnest(" + arrays + ") as new (" + names
                + ") where " + where + " on conflict do nothing";
    }

    /** @return how many were not there before */
    Future<Integer> run(SqlConnection connection, List<R> rows) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(0);
        }
        Tuple arrays = Tuple.tuple();
        columns.forEach(column -> arrays.addValue(column.values(rows)));
        return connection.preparedQuery(sql).execute(arrays).map(result -> result.rowCount());
    }
}
