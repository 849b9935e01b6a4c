package dev.laneway.accounting.alerts;

import java.time.Instant;
import java.util.Objects;

/**
 * An alert that was raised, see {@link Finding}.
 *
 * @param details an object in JSON, as it is stored
 */
record Alert(
        String id,
        String rule,
        String kind,
        String subject,
        int level,
        Instant windowFrom,
        String title,
        String text,
        String details,
        Instant raisedAt) {
    Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(raisedAt, "raisedAt");
    }
}
