/**
 * The ledger as it can be asked: what was spent, by whom and on what. Only reads, over a pool of its own with bounded waits, so that
 * nothing that a client asks for can hold up what accounting writes. It follows the log by a second or two.
 */
@NullMarked
package dev.laneway.runtime.ledger;

import org.jspecify.annotations.NullMarked;
