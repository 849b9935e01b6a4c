/**
 * The attack suite: {@link dev.laneway.chaos.Chaos} starts the whole system as processes, loads it, attacks it by a seed, and holds what
 * happened against what is promised.
 */
@NullMarked
package dev.laneway.chaos;

import org.jspecify.annotations.NullMarked;
