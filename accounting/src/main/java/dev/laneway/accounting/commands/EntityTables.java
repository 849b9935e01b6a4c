package dev.laneway.accounting.commands;

import dev.laneway.accounting.database.Schema;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.runtime.codec.EventCodec;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables {@code entities}, a projection of {@code lw.control}, and {@code audit}, which is none. Belongs to one context. */
public final class EntityTables implements EntityStore {
    private static final EventCodec<Control> CODEC = EventCodec.of(Control.class);
    private static final int ROWS_AT_ONCE = 500;
    private static final String UPSERT =
            "insert into laneway.entities (key, kind, id, version, alias, team_id, user_id, blocked, deleted, body, changed_at)"
                    + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::jsonb, now())"
                    + " on conflict (key) do update set version = excluded.version, alias = excluded.alias,"
                    + " team_id = excluded.team_id, user_id = excluded.user_id, blocked = excluded.blocked,"
                    + " deleted = excluded.deleted, body = excluded.body, changed_at = excluded.changed_at"
                    + " where entities.version < excluded.version";
    private static final String AUDIT =
            "insert into laneway.audit (command, at, actor, action, kind, id, version, before, after)"
                    + " values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9::text::jsonb) on conflict (command) do nothing";
    private static final String RIGHT =
            "select exists(select 1 from pg_locks where locktype = 'advisory' and granted and pid = $1)";

    private final Pool pool;
    private final Schema schema;
    private final IntSupplier writerSession;

    /** @param writerSession process id of the session that has the writer's right, 0 for none */
    public EntityTables(Pool pool, Schema schema, IntSupplier writerSession) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.schema = Objects.requireNonNull(schema, "schema");
        this.writerSession = Objects.requireNonNull(writerSession, "writerSession");
    }

    @Override
    public Future<Void> keep(
            Command command, Control.@Nullable Entity before, Control.Entity after, Supplier<Future<Void>> publish) {
        return transaction(connection -> write(connection, command, before == null ? null : json(before), after)
                .compose(written -> publish.get()));
    }

    @Override
    public Future<Void> note(Command command, Control.Entity after) {
        return transaction(connection -> connection
                .preparedQuery("select version, body::text from laneway.entities where key = $1")
                .execute(Tuple.of(after.key()))
                .compose(rows -> {
                    Row there = rows.size() == 0 ? null : rows.iterator().next();
                    String before = there == null || there.getLong(0) >= after.version() ? null : there.getString(1);
                    return write(connection, command, before, after);
                }));
    }

    @Override
    public Future<Integer> project(Collection<Control.Entity> inForce) {
        return schema.ensure()
                .compose(there ->
                        pool.query("select key, version from laneway.entities").execute())
                .compose(rows -> {
                    Map<String, Long> versions = new HashMap<>();
                    rows.forEach(row -> versions.put(row.getString(0), row.getLong(1)));
                    List<Control.Entity> behind = inForce.stream()
                            .filter(entity -> versions.getOrDefault(entity.key(), 0L) < entity.version())
                            .toList();
                    return upsert(behind, 0).map(behind.size());
                });
    }

    private Future<Void> upsert(List<Control.Entity> entities, int from) {
        if (from >= entities.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(entities.size(), from + ROWS_AT_ONCE);
        return pool.preparedQuery(UPSERT)
                .executeBatch(entities.subList(from, to).stream()
                        .map(EntityTables::row)
                        .toList())
                .compose(done -> upsert(entities, to));
    }

    private interface Work {
        Future<Void> in(SqlConnection connection);
    }

    private Future<Void> transaction(Work work) {
        return schema.ensure()
                .compose(there -> pool.withTransaction(connection -> connection
                        .preparedQuery(RIGHT)
                        .execute(Tuple.of(writerSession.getAsInt()))
                        .compose(rows -> rows.iterator().next().getBoolean(0)
                                ? work.in(connection)
                                : Future.failedFuture(new NotTheWriter()))));
    }

    private static Future<Void> write(
            SqlConnection connection, Command command, @Nullable String before, Control.Entity after) {
        OffsetDateTime at = OffsetDateTime.ofInstant(Instant.ofEpochMilli(command.issuedAt()), ZoneOffset.UTC);
        Tuple audit = Tuple.tuple()
                .addValue(command.id())
                .addValue(at)
                .addValue(command.actor())
                .addValue(command.action().id())
                .addValue(kind(after))
                .addValue(name(after))
                .addValue(after.version())
                .addValue(before)
                .addValue(json(after));
        return connection
                .preparedQuery(UPSERT)
                .execute(row(after))
                .compose(done -> connection.preparedQuery(AUDIT).execute(audit))
                .mapEmpty();
    }

    private static Tuple row(Control.Entity entity) {
        Control.Key key = entity instanceof Control.Key of ? of : null;
        return Tuple.tuple()
                .addValue(entity.key())
                .addValue(kind(entity))
                .addValue(name(entity))
                .addValue(entity.version())
                .addValue(alias(entity))
                .addValue(key == null ? null : key.team())
                .addValue(key == null ? null : key.user())
                .addValue(blocked(entity))
                .addValue(entity.deleted())
                .addValue(json(entity));
    }

    private static String kind(Control.Entity entity) {
        return entity.key().substring(0, entity.key().indexOf('/'));
    }

    /** Its key without the kind: of a purse, scope and id. */
    private static String name(Control.Entity entity) {
        return entity.key().substring(entity.key().indexOf('/') + 1);
    }

    private static @Nullable String alias(Control.Entity entity) {
        return switch (entity) {
            case Control.Key key -> key.alias();
            case Control.Team team -> team.alias();
            case Control.User user -> user.alias();
            case Control.Purse purse -> null;
            case Control.Template template -> null;
            case Control.Silence silence -> null;
        };
    }

    private static boolean blocked(Control.Entity entity) {
        return switch (entity) {
            case Control.Key key -> key.blocked();
            case Control.Team team -> team.blocked();
            case Control.User user -> user.blocked();
            case Control.Purse purse -> false;
            case Control.Template template -> false;
            case Control.Silence silence -> false;
        };
    }

    private static String json(Control entity) {
        return new String(CODEC.encode(entity), StandardCharsets.UTF_8);
    }
}
