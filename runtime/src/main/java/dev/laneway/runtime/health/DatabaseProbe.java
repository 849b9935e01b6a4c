package dev.laneway.runtime.health;

import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** {@code SELECT 1} over one connection of its own. */
public final class DatabaseProbe implements HealthProbe {
    private final Pool pool;

    private DatabaseProbe(Pool pool) {
        this.pool = pool;
    }

    /** @param name shown in {@code pg_stat_activity} */
    public static DatabaseProbe open(Vertx vertx, DatabaseUrl url, String name) {
        return new DatabaseProbe(Databases.pool(vertx, url, name, 1));
    }

    @Override
    public String service() {
        return HealthBoard.DATABASE;
    }

    @Override
    public Future<Void> check() {
        return pool.query("SELECT 1").execute().mapEmpty();
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }
}
