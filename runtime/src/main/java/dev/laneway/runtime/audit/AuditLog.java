package dev.laneway.runtime.audit;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks changes up, the newest first. */
@FunctionalInterface
public interface AuditLog {
    /**
     * Which.
     *
     * @param kind only of this kind
     * @param id only of what has this id
     * @param actor only what this one asked for
     * @param since only what was asked for then or later, epoch milliseconds
     * @param before only those before this command
     * @param limit how many at most, at least 1
     */
    record Question(
            @Nullable String kind,
            @Nullable String id,
            @Nullable String actor,
            long since,
            @Nullable String before,
            int limit) {}

    /** Fails, within some seconds, while the database does not answer. */
    Future<List<AuditEntry>> find(Question question);
}
