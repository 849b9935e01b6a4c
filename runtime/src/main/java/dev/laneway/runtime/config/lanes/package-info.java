/**
 * Lanes and routes, and the first fence: every way from a route to a deployment is followed, and a route of a lane that keeps its work
 * inside the network is refused when any of them leads out. The fence follows more than a request ever would: it doesn't ask
 * which failure a fallback is for.
 */
@NullMarked
package dev.laneway.runtime.config.lanes;

import org.jspecify.annotations.NullMarked;
