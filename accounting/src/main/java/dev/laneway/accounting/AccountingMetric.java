package dev.laneway.accounting;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of accounting. For the ledger, {@code read = projected + refused + waiting}; what was read, and what could not be, is
 * counted by the source, with the role {@code accounting-usage}.
 */
public enum AccountingMetric implements MetricName {
    FACTS_PROJECTED(
            "laneway.ledger.facts.projected", "Facts written to the ledger's tables, again or for the first time."),
    ROWS_DUPLICATE(
            "laneway.ledger.rows.duplicate",
            "Rows that were there already: their fact was delivered or published again."),
    FACTS_LATE("laneway.ledger.facts.late", "Terminal facts of requests that had ended already: billed, never shown."),
    FACTS_REFUSED(
            "laneway.ledger.facts.refused",
            "Facts that the database refused by their content; they stay in the topic."),
    FACTS_WAITING("laneway.ledger.facts.waiting", "Facts read and not yet written."),
    BATCH("laneway.ledger.batch", "Time to write a batch; its count is that of batches."),
    BATCHES_FAILED("laneway.ledger.batches.failed", "Batches that could not be written and are written again."),
    LAG(
            "laneway.ledger.lag.seconds",
            "Age of the oldest fact of the last written batch, when it was written; while one can't be written, its age now."),
    LAG_RECORDS("laneway.ledger.lag.records", "Records of usage that all accountings together have yet to write."),
    ESTIMATES_OPEN(
            "laneway.ledger.estimates.open", "Attempts whose cost is reckoned, and may yet be reported by the vendor."),
    ESTIMATES_OPEN_DOLLARS("laneway.ledger.estimates.open.dollars", "What those cost."),
    NAMES_RESTORED(
            "laneway.accounting.names.restored",
            "Times that the names which clients gave their requests were written again from the log."),
    NAMES_MISSED(
            "laneway.accounting.names.missed",
            "Facts whose request's names could not be written; the log is read again for them."),
    DATABASE_DOWN("laneway.accounting.database.down", "1 while the database does not answer, else 0."),
    CONFIG_PUBLISHED("laneway.control.config.published", "Versions of the config published to the control topic."),
    CONFIG_REFUSED("laneway.control.config.refused", "Changes of the config file that were refused whole."),
    CONTROL_ROUNDS_FAILED(
            "laneway.control.rounds.failed",
            "Rounds that could not bring the control topic up to date; the next one tries again."),
    COMMANDS_DONE("laneway.commands.done", "Changes of keys, teams, users and terms that were put in force."),
    COMMANDS_REFUSED("laneway.commands.refused", "Changes that were not done, by reason."),
    COMMANDS_WAITING("laneway.commands.waiting", "Changes that wait to be done."),
    ALERT_TALLIES_DROPPED(
            "laneway.alerts.tallies.dropped", "What was not counted for alerts, since too much waited to be written."),
    ALERTS_RAISED("laneway.alerts.raised", "Alerts that became due, by kind; silenced ones among them."),
    ALERT_ROUNDS_FAILED("laneway.alerts.rounds.failed", "Looks at what is due that failed; the next one tries again."),
    ALERT_DELIVERIES("laneway.alerts.deliveries", "Deliveries of alerts that were tried, by outcome."),
    ALERT_DELIVERIES_DROPPED(
            "laneway.alerts.deliveries.dropped",
            "Deliveries that were not queued, since too many wait for their channel."),
    CONTROL_WRITER("laneway.control.writer", "1 where this accounting writes the control topic, 0 where it stands by."),
    BUDGET_WINDOWS_LOADED(
            "laneway.budgets.windows.loaded", "Times that what was spent in a budget's window was told to Redis."),
    BUDGETS_CORRECTED(
            "laneway.budgets.corrected", "Reservations ended because the ledger has their facts, and nobody else did."),
    BUDGETS_RESTORED(
            "laneway.budgets.restored",
            "1 while Redis knows what is spent, 0 while budgeted calls have to wait for that."),
    RESERVATIONS("laneway.budgets.reservations", "Attempts for which money is held, of every state.");

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
