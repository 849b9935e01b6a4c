/**
 * What can go wrong with a vendor, and when. A {@link dev.laneway.testkit.faults.Fault} says what; a
 * {@link dev.laneway.testkit.faults.FaultRule} says which calls it hits; the
 * {@link dev.laneway.testkit.faults.FaultBook} holds the rules in force and counts. Faults know nothing of wire
 * formats: each vendor's format says how its own failures look.
 */
@NullMarked
package dev.laneway.testkit.faults;

import org.jspecify.annotations.NullMarked;
