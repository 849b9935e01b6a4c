/**
 * What goes out: {@link dev.laneway.provider.reply.ReplyStream} cuts an answer into frames and keeps the broker's pace, {@link
 * dev.laneway.provider.reply.Outcomes} publishes how an attempt ended and does not let go before the broker has it. All through one
 * {@link dev.laneway.provider.reply.Outbox}, so that frames keep their order.
 */
@NullMarked
package dev.laneway.provider.reply;

import org.jspecify.annotations.NullMarked;
