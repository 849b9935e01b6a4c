package dev.laneway.accounting.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to this version's form: each file of {@link #FILES} that the database has not seen, in order, all in one
 * transaction under a lock, so that several accountings may start at once and a failure leaves nothing half done. A file is never
 * changed once released; a change is a new file. Belongs to one context.
 */
public final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final List<String> FILES = List.of("0001-ledger.sql");
    private static final long LOCK = 0x6c616e65736368L;

    private final Pool pool;
    private @Nullable Future<Void> applied;

    public Schema(Pool pool) {
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /** Succeeds once the tables are there. Fails where the database does not answer or refuses; the next call tries again. */
    public Future<Void> ensure() {
        Future<Void> before = applied;
        if (before != null) {
            return before;
        }
        Future<Void> now = pool.withTransaction(this::apply);
        applied = now;
        now.onFailure(cause -> applied = null);
        return now;
    }

    private Future<Void> apply(SqlConnection connection) {
        return connection
                .preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(LOCK))
                .compose(locked ->
                        // "already exists" is no news
                        connection
                                .query("set local client_min_messages = warning")
                                .execute())
                .compose(quiet ->
                        connection.query("create schema if not exists laneway").execute())
                .compose(made -> connection
                        .query(
                                "create table if not exists laneway.schema_version"
                                        + " (version int primary key, file text not null, applied_at timestamptz not null default now())")
                        .execute())
                .compose(made -> connection
                        .query("select coalesce(max(version), 0) from laneway.schema_version")
                        .execute())
                .compose(rows -> from(connection, rows.iterator().next().getInteger(0)));
    }

    private static Future<Void> from(SqlConnection connection, int version) {
        if (version > FILES.size()) {
            LOG.warn(
                    "the database's tables are of a newer version ({}) than this program's ({})",
                    version,
                    FILES.size());
        }
        if (version >= FILES.size()) {
            return Future.succeededFuture();
        }
        String file = FILES.get(version);
        return connection
                .query(read(file))
                .execute()
                .compose(done -> connection
                        .preparedQuery("insert into laneway.schema_version (version, file) values ($1, $2)")
                        .execute(Tuple.of(version + 1, file)))
                .compose(done -> {
                    LOG.info("tables brought to version {} ({})", version + 1, file);
                    return from(connection, version + 1);
                });
    }

    private static String read(String file) {
        try (InputStream in = Schema.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
