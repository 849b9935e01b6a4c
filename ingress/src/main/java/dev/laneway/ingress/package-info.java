/**
 * HTTP in; answers out. {@link dev.laneway.ingress.IngressRole} wires it: a call passes the {@link dev.laneway.ingress.http.FrontDoor}
 * (key, body), becomes a request event ({@link dev.laneway.ingress.call.ChatCalls}), and waits as an open request for the frames that
 * {@link dev.laneway.ingress.reply.ReplyTails} reads from its reply partition.
 */
@NullMarked
package dev.laneway.ingress;

import org.jspecify.annotations.NullMarked;
