package dev.laneway.accounting.control;

import dev.laneway.accounting.database.Schema;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.Optional;

/** The hash of the generated master key in PostgreSQL: one row at most. */
public final class MasterKeyTable implements MasterKeyStore {
    private final Pool pool;
    private final Schema schema;

    public MasterKeyTable(Pool pool, Schema schema) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    @Override
    public Future<Optional<String>> find() {
        return schema.ensure()
                .compose(there ->
                        pool.query("select sha256 from laneway.master_key").execute())
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString(0)));
    }

    @Override
    public Future<Boolean> add(String sha256) {
        return schema.ensure()
                .compose(there -> pool.preparedQuery(
                                "insert into laneway.master_key (sha256) values ($1) on conflict do nothing")
                        .execute(Tuple.of(sha256)))
                .map(rows -> rows.rowCount() == 1);
    }
}
