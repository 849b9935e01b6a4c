/** Usage facts to the ledger; the one writer of the control topic. */
@NullMarked
package dev.laneway.accounting;

import org.jspecify.annotations.NullMarked;
