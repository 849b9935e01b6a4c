package dev.laneway.dialects;

import dev.laneway.dialects.neutral.ChatEvent;
import java.util.List;

/**
 * Reads a vendor's answer incrementally. Cuts may fall anywhere. A spoiled answer is a {@link ChatEvent.Failed}, after which
 * nothing more comes; it is never an exception. One answer, one thread.
 */
public interface AnswerReader {

    /** Takes the next bytes. @return what they completed, in order */
    List<ChatEvent> feed(byte[] bytes, int offset, int length);

    default List<ChatEvent> feed(byte[] bytes) {
        return feed(bytes, 0, bytes.length);
    }

    /** Whether the vendor said that the answer is whole: what follows is ignored. */
    boolean finished();

    /** The connection ended as HTTP says it should. @return what was outstanding, or the failure that it ended too early */
    List<ChatEvent> end();
}
