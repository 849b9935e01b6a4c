/**
 * The time that deadlines are held against. Deadlines travel as epoch milliseconds, and a machine's wall clock can jump;
 * {@link dev.laneway.runtime.clock.SteadyClock} does not.
 */
@NullMarked
package dev.laneway.runtime.clock;

import org.jspecify.annotations.NullMarked;
