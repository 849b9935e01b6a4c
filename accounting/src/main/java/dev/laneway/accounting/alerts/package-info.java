/**
 * Alerts. Facts, as the ledger reads them, are tallied by the minute; the tallies of all accountings meet in PostgreSQL, where the ledger's
 * sums are too. The accounting that writes the control topic looks at both every few seconds ({@link
 * dev.laneway.accounting.alerts.Watch}). What is due is a row, and the row's key (rule, subject, level, window) makes it due once, however
 * many look. A row that has somebody to tell has deliveries, which any accounting may take, for a minute at a time, so that one that dies
 * leaves nothing behind ({@link dev.laneway.accounting.alerts.Courier}).
 */
@NullMarked
package dev.laneway.accounting.alerts;

import org.jspecify.annotations.NullMarked;
