/**
 * Accounting's part in budgets: what the ledger has is booked in Redis ({@link dev.laneway.accounting.budgets.BudgetBooks}), and what Redis does not
 * know, or has forgotten, is told it from the ledger ({@link dev.laneway.accounting.budgets.BudgetKeeper}).
 */
@NullMarked
package dev.laneway.accounting.budgets;

import org.jspecify.annotations.NullMarked;
