/**
 * The HTTP server. A request becomes a {@link dev.laneway.testkit.server.Reply}: a head and a list of steps, in which
 * every pause and every fault is a step like any other. The {@link dev.laneway.testkit.server.ReplyPlayer} plays it.
 * Everything of a request happens on its connection's event loop.
 */
@NullMarked
package dev.laneway.testkit.server;

import org.jspecify.annotations.NullMarked;
