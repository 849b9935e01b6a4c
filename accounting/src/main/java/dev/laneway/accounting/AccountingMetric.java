package dev.laneway.accounting;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of accounting. Of the facts that were read, {@code read = projected + duplicates + refused + waiting}; the source's own
 * metrics, with the role {@code accounting-usage}, count what was read and what could not be.
 */
public enum AccountingMetric implements MetricName {
    FACTS_PROJECTED("laneway.ledger.facts.projected", "Facts that are in the ledger's tables for the first time."),
    FACTS_DUPLICATE("laneway.ledger.facts.duplicate", "Facts that were there already: delivered again, or read again."),
    FACTS_LATE("laneway.ledger.facts.late", "Terminal facts of requests that had one already: billed, never shown."),
    FACTS_REFUSED(
            "laneway.ledger.facts.refused",
            "Facts that the database refused by their content; they stay in the topic."),
    FACTS_WAITING("laneway.ledger.facts.waiting", "Facts read and not yet written."),
    BATCHES("laneway.ledger.batches", "Batches written to the database."),
    BATCH_SECONDS("laneway.ledger.batch.seconds", "Time to write a batch."),
    BATCHES_FAILED("laneway.ledger.batches.failed", "Batches that could not be written and were tried again."),
    LAG(
            "laneway.ledger.lag.seconds",
            "Age of the oldest fact of the batch that was written last, when it was written."),
    DATABASE_DOWN("laneway.accounting.database.down", "1 while the database does not answer, else 0."),
    CONFIG_PUBLISHED("laneway.control.config.published", "Versions of the config published to the control topic."),
    CONFIG_REFUSED("laneway.control.config.refused", "Changes of the config file that were refused whole."),
    CONTROL_ROUNDS_FAILED(
            "laneway.control.rounds.failed",
            "Rounds that could not bring the control topic up to date; the next one tries again."),
    CONTROL_WRITER("laneway.control.writer", "1 where this accounting writes the control topic, 0 where it stands by.");

    private final String id;
    private final String description;

    AccountingMetric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }
}
