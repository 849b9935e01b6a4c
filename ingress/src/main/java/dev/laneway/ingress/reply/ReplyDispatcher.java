package dev.laneway.ingress.reply;

import dev.laneway.contracts.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Finds the event loop that waits for a reply. Used on the reader's loop; inboxes may be added on any thread. */
public final class ReplyDispatcher {
    private final List<ReplyInbox> inboxes = new CopyOnWriteArrayList<>();

    public void add(ReplyInbox inbox) {
        inboxes.add(inbox);
    }

    /** Takes a record of a replies topic. */
    public void take(ConsumerRecord<String, byte[]> record) {
        Header envelope = record.headers().lastHeader(Event.HEADER);
        if (record.key() != null && envelope != null && envelope.value() != null) {
            take(record.key(), envelope.value(), record.value());
        }
    }

    /** Takes a reply. */
    public void take(String requestId, byte[] envelope, byte @Nullable [] value) {
        for (ReplyInbox inbox : inboxes) {
            if (inbox.offer(requestId, envelope, value)) {
                return;
            }
        }
    }
}
