/**
 * Poison: records that can't be read, or that make our code fail again and again. {@link dev.laneway.runtime.dead.DeadLetters} keeps
 * each as it was on its lane's dead-letter topic, and ends its request as far as {@link dev.laneway.runtime.dead.Remains} tell whose it
 * was.
 */
@NullMarked
package dev.laneway.runtime.dead;

import org.jspecify.annotations.NullMarked;
