package dev.laneway.ingress.reply;

import dev.laneway.contracts.Reply;

/** Whoever waits for replies; called on the event loop of its inbox. */
public interface ReplyReceiver {
    /** The next reply, in the order of the partition; {@code value} is not to be changed. */
    void onReply(Reply reply, byte[] value);

    /** A reply was there and is lost: the inbox was full, or it could not be read. */
    void onReplyLost();
}
