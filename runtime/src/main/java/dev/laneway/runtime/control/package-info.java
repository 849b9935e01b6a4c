/**
 * State in force, as the compacted control topic has it: the config and the hash of the generated master key. Accounting writes; every
 * role has a {@link dev.laneway.runtime.control.ControlView} and works with what it shows.
 */
@NullMarked
package dev.laneway.runtime.control;

import org.jspecify.annotations.NullMarked;
