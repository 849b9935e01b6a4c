/**
 * What all dialects share of answers: reading one in pieces, folding its events into a whole, passing it on while watching it,
 * and judging whether it was one.
 */
@NullMarked
package dev.laneway.dialects.answers;

import org.jspecify.annotations.NullMarked;
