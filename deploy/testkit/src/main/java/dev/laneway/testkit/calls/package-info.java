/**
 * The record of every call that reached the simulator: the oracle of end-to-end tests. A call is recorded when its
 * head arrives, and completed as it goes on; a client that leaves is noted. Neither keys nor texts are recorded, only
 * their fingerprints; bodies only where asked for.
 */
@NullMarked
package dev.laneway.testkit.calls;

import org.jspecify.annotations.NullMarked;
