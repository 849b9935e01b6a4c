/**
 * The whole system on trial: {@code prove} shows where an operator's own config lets work go ({@link dev.laneway.standalone.prove}), {@code
 * faults} what becomes of every fault of a vendor ({@link dev.laneway.standalone.faults}), {@code bench} measures, {@code chaos} attacks,
 * and {@code simulate} is the vendor for whoever tries it by hand.
 */
@NullMarked
package dev.laneway.standalone.trials;

import org.jspecify.annotations.NullMarked;
