package dev.laneway.accounting.database;

import dev.laneway.runtime.database.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables to this version's form, by Flyway: each file of {@code migrations} that the database has not seen, all in one
 * transaction, so that a failure leaves nothing half done. A new file there, {@code NNNN-name.sql}, is all that a change of the tables
 * takes; one that was released is never changed. A database whose tables were made before Flyway came is taken up where {@code
 * schema_version} says it stands. Several accountings may start at once. Belongs to one context.
 */
public final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String FILES = "classpath:dev/laneway/accounting/database/migrations";
    private static final String NAME = "laneway";
    private static final String APPLIED = "migrations";
    /** Taken by every version of Laneway before it looks at the tables. */
    private static final long LOCK = 0x6c616e65736368L;

    private static final int MOST_MINUTES = 10;

    private final Vertx vertx;
    private final DatabaseUrl url;
    private @Nullable Future<Void> applied;

    public Schema(Vertx vertx, DatabaseUrl url) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.url = Objects.requireNonNull(url, "url");
    }

    /** Succeeds once the tables are there. Fails where the database does not answer or refuses; the next call tries again. */
    public Future<Void> ensure() {
        Future<Void> before = applied;
        if (before != null) {
            return before;
        }
        WorkerExecutor thread =
                vertx.createSharedWorkerExecutor("laneway-migrations", 1, MOST_MINUTES, TimeUnit.MINUTES);
        Future<Void> now =
                thread.executeBlocking(this::migrate).<Void>mapEmpty().eventually(thread::close);
        applied = now;
        now.onFailure(cause -> applied = null);
        return now;
    }

    private boolean migrate() throws SQLException {
        DataSource source = JdbcAccess.of(url, "laneway-migrations");
        try (Connection lock = source.getConnection();
                Statement statement = lock.createStatement()) {
            statement.execute("set lock_timeout = '" + MOST_MINUTES + "min'");
            statement.execute("select pg_advisory_lock(" + LOCK + ")"); // held until the session ends
            return migrate(source, statement);
        }
    }

    private static boolean migrate(DataSource source, Statement statement) throws SQLException {
        String before = number(statement, "select to_regclass('" + NAME + "." + APPLIED + "')") == null
                ? madeBeforeFlyway(statement)
                : null;
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations(FILES)
                .failOnMissingLocations(true)
                .sqlMigrationPrefix("")
                .sqlMigrationSeparator("-")
                .placeholderReplacement(false)
                .schemas(NAME)
                .table(APPLIED)
                .baselineVersion(before == null ? "0" : before)
                .baselineDescription("made before Flyway")
                .group(true)
                .outOfOrder(
                        true) // files are independent of each other, and may be released in another order than numbered
                .load();
        if (before != null) {
            flyway.baseline();
        }
        MigrateResult result = flyway.migrate();
        if (result.migrationsExecuted > 0) {
            LOG.info("tables brought to version {}", result.targetSchemaVersion);
        }
        return true;
    }

    private static @Nullable String madeBeforeFlyway(Statement statement) throws SQLException {
        return number(statement, "select to_regclass('" + NAME + ".schema_version')") == null
                ? null
                : number(statement, "select max(version) from " + NAME + ".schema_version");
    }

    private static @Nullable String number(Statement statement, String question) throws SQLException {
        try (ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
