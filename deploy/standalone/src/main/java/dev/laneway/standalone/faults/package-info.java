/**
 * The fault table: every fault of the vendor simulator, tried on a running system; what its client gets, how many calls were made, and
 * what the router's log says. {@code deploy/docs/faults.md} is what it printed.
 */
@NullMarked
package dev.laneway.standalone.faults;

import org.jspecify.annotations.NullMarked;
