package dev.laneway.runtime.audit;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.database.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The audit log in PostgreSQL. Safe on any thread. */
public final class AuditTable implements AuditLog {
    private static final EventCodec<Control.Entity> CODEC = EventCodec.of(Control.Entity.class);
    private static final int SECONDS = 5;
    private static final String FIND = "select command, at, actor, action, kind, id, version, before::text, after::text"
            + " from laneway.audit where ($1::text is null or kind = $1) and ($2::text is null or id = $2)"
            + " and ($3::text is null or actor = $3) and at >= $4 and ($5::text is null or command < $5)"
            + " order by command desc limit $6";

    private final Pool pool;

    private AuditTable(Pool pool) {
        this.pool = pool;
    }

    /** By one connection of its own, opened when it is first used; it ends with the Vert.x. */
    public static AuditTable open(Vertx vertx, DatabaseUrl url) {
        return new AuditTable(Databases.readingPool(vertx, url, "laneway-audit", 1, Duration.ofSeconds(SECONDS)));
    }

    @Override
    public Future<List<AuditEntry>> find(Question question) {
        Tuple parameters = Tuple.tuple()
                .addValue(question.kind())
                .addValue(question.id())
                .addValue(question.actor())
                .addValue(OffsetDateTime.ofInstant(Instant.ofEpochMilli(question.since()), ZoneOffset.UTC))
                .addValue(question.before())
                .addValue(question.limit());
        return pool.preparedQuery(FIND)
                .execute(parameters)
                .timeout(SECONDS, TimeUnit.SECONDS)
                .map(rows -> {
                    List<AuditEntry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(entry(row)));
                    return entries;
                });
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getString(0),
                row.getOffsetDateTime(1).toInstant().toEpochMilli(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7) == null ? null : entity(row.getString(7)),
                entity(row.getString(8)));
    }

    private static Control.Entity entity(@Nullable String json) {
        try {
            return CODEC.decode(Objects.requireNonNull(json, "json").getBytes(StandardCharsets.UTF_8));
        } catch (UndecodableException e) {
            throw new IllegalStateException("the audit log holds what this version can't read", e);
        }
    }
}
