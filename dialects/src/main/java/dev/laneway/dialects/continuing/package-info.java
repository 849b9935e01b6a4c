/**
 * How an answer goes on whose stream broke off: what its client was told is kept ({@link
 * dev.laneway.dialects.continuing.Transcript}), another call is asked to go on from there ({@link
 * dev.laneway.dialects.continuing.Continuation}), and what it says is joined to what was said, without what it repeats ({@link
 * dev.laneway.dialects.continuing.Joint}), in the frames of the same stream. Only text is gone on with. Pure.
 */
@NullMarked
package dev.laneway.dialects.continuing;

import org.jspecify.annotations.NullMarked;
