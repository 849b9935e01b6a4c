/**
 * The names that clients gave their requests, from usage facts to the store that ingresses ask: each fact as the ledger reads it, and all
 * of the log again where the store has forgotten, so that a repeated call is known as one and its vendor is not called again.
 */
@NullMarked
package dev.laneway.accounting.idempotency;

import org.jspecify.annotations.NullMarked;
