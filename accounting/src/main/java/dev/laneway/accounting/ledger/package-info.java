/**
 * Usage facts to tables. A {@link dev.laneway.accounting.ledger.Ledger} reads {@code lw.usage}; a {@link
 * dev.laneway.accounting.ledger.Batcher} gathers facts, and holds them while the database is away, so that their offsets stay
 * uncommitted; {@link dev.laneway.accounting.ledger.LedgerTables} writes a batch in one transaction. Every table is keyed by what a
 * fact is about, so a fact that is delivered again changes nothing, and all of them can be dropped and read again from the topic.
 */
@NullMarked
package dev.laneway.accounting.ledger;

import org.jspecify.annotations.NullMarked;
