package dev.laneway.accounting.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/** An alert that was raised, see {@link Finding}. */
record Alert(
        String id,
        String rule,
        String kind,
        String subject,
        int level,
        Instant windowFrom,
        String title,
        String text,
        JsonObject details,
        Instant raisedAt) {
    Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(raisedAt, "raisedAt");
    }
}
