package dev.laneway.accounting.control;

import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write the control topic: an advisory lock of PostgreSQL, held by a session of its own, so that it ends with its holder.
 *
 * <p>While the database is away nobody can take the lock, so who had it last keeps the right, and a change of the config can still be
 * put in force; it is asked for again as soon as the database answers, before anything else is written. Belongs to one context.
 */
public final class WriterLock {
    private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);
    /** Any number will do, as long as every version of Laneway uses this one. */
    private static final long KEY = 0x6c616e65776179L;

    private static final int ANSWER_SECONDS = 3;
    /** A holder whose machine is gone says no goodbye: the server finds out within half a minute, not in its usual two hours. */
    private static final String NOTICE_A_DEAD_HOLDER =
            "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

    private final Vertx vertx;
    private final DatabaseUrl url;
    private @Nullable PgConnection connection;
    private volatile boolean writer;
    private volatile boolean answering;

    public WriterLock(Vertx vertx, DatabaseUrl url) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.url = Objects.requireNonNull(url, "url");
    }

    /** Whether this accounting may write, by the last {@link #ask}. Safe on any thread. */
    public boolean writer() {
        return writer;
    }

    /** The process id of the session that has the lock, 0 for none: where it ends, so does the right. */
    public int session() {
        PgConnection open = connection;
        return open == null || !writer ? 0 : open.processId();
    }

    /** Whether the database answered last time. Safe on any thread. */
    public boolean answering() {
        return answering;
    }

    /** Asks for the lock, or that it is still held. Never fails: an absent database is an answer. One at a time. */
    public Future<Void> ask() {
        PgConnection open = connection;
        Future<Boolean> held = open == null
                ? connect().compose(opened -> answer(opened, lock(opened)))
                : answer(open, writer ? ping(open) : lock(open));
        return held.onSuccess(this::answered).<Void>mapEmpty().recover(cause -> {
            if (answering) {
                LOG.warn("database {} does not answer: {}", url, cause.toString());
            }
            answering = false;
            connection = null;
            return Future.succeededFuture();
        });
    }

    private void answered(boolean held) {
        if (held != writer || !answering) {
            LOG.info(
                    "{}",
                    held ? "this accounting writes the control topic" : "another accounting writes the control topic");
        }
        writer = held;
        answering = true;
    }

    private static <T> Future<T> answer(PgConnection session, Future<T> asked) {
        return asked.timeout(ANSWER_SECONDS, TimeUnit.SECONDS).onFailure(cause -> session.close());
    }

    /** Gives the right back. */
    public Future<Void> close() {
        writer = false;
        PgConnection open = connection;
        connection = null;
        return open == null ? Future.succeededFuture() : open.close().otherwiseEmpty();
    }

    private Future<PgConnection> connect() {
        return Databases.connection(vertx, url, "laneway-control-writer").compose(opened -> {
            connection = opened;
            opened.closeHandler(closed -> {
                if (opened.equals(connection)) {
                    connection = null;
                }
            });
            return answer(opened, opened.query(NOTICE_A_DEAD_HOLDER).execute()).map(opened);
        });
    }

    private static Future<Boolean> lock(PgConnection session) {
        return session.preparedQuery("select pg_try_advisory_lock($1)")
                .execute(Tuple.of(KEY))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Future<Boolean> ping(PgConnection session) {
        return session.query("select 1").execute().map(rows -> true);
    }
}
