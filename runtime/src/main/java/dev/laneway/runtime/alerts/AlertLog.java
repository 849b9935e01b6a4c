package dev.laneway.runtime.alerts;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks alerts up, the newest first. */
@FunctionalInterface
public interface AlertLog {
    /**
     * Which.
     *
     * @param kind only of this kind
     * @param subject only about this
     * @param since only those raised then or later, epoch milliseconds
     * @param before only those before the one of this id
     * @param limit how many at most, at least 1
     */
    record Question(
            @Nullable String kind,
            @Nullable String subject,
            long since,
            @Nullable String before,
            int limit) {}

    /** Fails, within some seconds, while the database does not answer. */
    Future<List<AlertEntry>> find(Question question);
}
