/**
 * Bodies that are too large for one event: cut into pieces in the {@code bodies} topic of the request's zone, and put together again
 * by whoever makes the call. Every broker with default limits carries them.
 */
@NullMarked
package dev.laneway.runtime.body;

import org.jspecify.annotations.NullMarked;
