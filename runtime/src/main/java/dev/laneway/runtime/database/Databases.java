package dev.laneway.runtime.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens what talks to PostgreSQL. The server need not be there: a pool connects when it is first used, and its futures fail within
 * some seconds while nobody answers.
 */
public final class Databases {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int WAIT_SECONDS = 5;

    private Databases() {}

    /**
     * A pool of its own.
     *
     * @param name shown in {@code pg_stat_activity}
     * @param connections at most so many, at least 1; four times as many callers may wait for one, the next fails at once
     */
    public static Pool pool(Vertx vertx, DatabaseUrl url, String name, int connections) {
        return builder(url, name, connections).using(vertx).build();
    }

    /**
     * A pool that only reads: the server refuses every change.
     *
     * @param longest after which a statement is given up by the server; one that is frozen gives nothing up, so who asks must not wait for ever
     */
    public static Pool readingPool(Vertx vertx, DatabaseUrl url, String name, int connections, Duration longest) {
        String settings = "set statement_timeout = " + longest.toMillis()
                + "; set default_transaction_read_only = on; set jit = off";
        return builder(url, name, connections)
                .withConnectHandler(opened -> opened.query(settings).execute().onComplete(set -> opened.close()))
                .using(vertx)
                .build();
    }

    private static ClientBuilder<Pool> builder(DatabaseUrl url, String name, int connections) {
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(connections)
                        .setMaxWaitQueueSize(connections * 4)
                        .setConnectionTimeout(WAIT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                        .setIdleTimeout(5)
                        .setIdleTimeoutUnit(TimeUnit.MINUTES))
                .with(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true))
                .connectingTo(url.options().setCachePreparedStatements(true).addProperty("application_name", name));
    }

    /** One connection outside of any pool, for what belongs to a session, such as an advisory lock. */
    public static Future<PgConnection> connection(Vertx vertx, DatabaseUrl url, String name) {
        return PgConnection.connect(vertx, url.options().addProperty("application_name", name))
                .timeout(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
