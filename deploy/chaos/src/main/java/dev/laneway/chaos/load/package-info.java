/** Clients: an open loop of requests in both formats, streamed and not, short and long, each with a deadline, and what became of each. */
@NullMarked
package dev.laneway.chaos.load;

import org.jspecify.annotations.NullMarked;
