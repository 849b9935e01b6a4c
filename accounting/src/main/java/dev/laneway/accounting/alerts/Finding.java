package dev.laneway.accounting.alerts;

import dev.laneway.runtime.config.alerts.AlertRule;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * An alert that is due, unless it was raised before: its rule, subject, level and window make it one.
 *
 * @param subject what it is about, such as {@code key/key_01kb} or {@code provider/openai}
 * @param level of a budget, in percent; 0 where there are no levels
 * @param windowFrom epoch milliseconds
 * @param title a few words
 * @param text a sentence or two, for people
 * @param details the figures; never a prompt or a secret
 */
record Finding(
        AlertRule rule, String subject, int level, long windowFrom, String title, String text, JsonObject details) {
    Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(details, "details");
    }

    /** How long nothing more is raised of the same; zero where its window alone says so. */
    Duration again() {
        return switch (rule.kind()) {
            case BUDGET, SPEND -> Duration.ZERO;
            case FALLBACKS, PROVIDER_ERRORS, VIOLATIONS, BUDGET_REFUSALS, LEDGER_LAG, REDIS_OPEN, SLOW_CALLS ->
                rule.repeat();
        };
    }

    /** One of what happens again and again: its window is a stretch as long as its rule says nothing more of the same. */
    static Finding repeated(AlertRule rule, String subject, long now, String title, String text, JsonObject details) {
        long length = rule.repeat().toMillis();
        return new Finding(rule, subject, 0, Math.floorDiv(now, length) * length, title, text, details);
    }
}
