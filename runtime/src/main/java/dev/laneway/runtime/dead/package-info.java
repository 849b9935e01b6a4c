/**
 * Poison: records that can't be read, or that make our code fail again and again. {@link dev.laneway.runtime.dead.DeadLetters} keeps
 * each as it was on its lane's dead-letter topic, and ends its request as far as {@link dev.laneway.runtime.dead.Remains} tell whose it
 * was. {@link dev.laneway.runtime.dead.DeadLetterOffice} reads what is kept and sends letters out again, by {@link
 * dev.laneway.runtime.dead.ReplayRule}; {@link dev.laneway.runtime.dead.DeadPage} is its counter on the management port.
 */
@NullMarked
package dev.laneway.runtime.dead;

import org.jspecify.annotations.NullMarked;
