/**
 * A call that becomes a request: {@link dev.laneway.ingress.call.ChatCalls} checks it and publishes it, {@link
 * dev.laneway.ingress.call.OpenRequest} is its state until the client has its answer, {@link dev.laneway.ingress.call.Answer} is how
 * the answer is written.
 *
 * <p>Everything about a request happens on the event loop of its connection. Nothing goes to the client before the broker has the
 * request, nothing waits for a slow client but that client's own buffer, and one sweep a tenth of a second stands in for a timer per
 * request.
 */
@NullMarked
package dev.laneway.ingress.call;

import org.jspecify.annotations.NullMarked;
