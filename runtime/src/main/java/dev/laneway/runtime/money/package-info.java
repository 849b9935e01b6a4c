/**
 * Money on the hot path: what is spent of a budget, and what is held for attempts that may cost something yet. The router reserves the most
 * that an attempt can cost before it publishes it; the worker marks the reservation sent in the step that grants the call, and settles it when
 * the usage fact is acknowledged; accounting books what the ledger has. A budget's room is its limit less what is booked and less every
 * reservation, so it can't be overshot by any number of replicas.
 *
 * <p>All of it is in Redis, which may forget, and can be made anew: what is booked is a sum over the ledger, what is sent is known by the
 * workers. Until that is done in a new epoch no budget has room. A window of a budget is decided by when its request was accepted, for all of
 * its attempts.
 */
@NullMarked
package dev.laneway.runtime.money;

import org.jspecify.annotations.NullMarked;
