/**
 * Answers on their way in: one reader for each zone and process ({@link dev.laneway.ingress.reply.ReplyTails}) hands the records of
 * its partition to the event loop that holds the client's connection ({@link dev.laneway.ingress.reply.ReplyInbox}). Other
 * ingresses may share the partition; what nobody here waits for is passed over without being decoded.
 */
@NullMarked
package dev.laneway.ingress.reply;

import org.jspecify.annotations.NullMarked;
