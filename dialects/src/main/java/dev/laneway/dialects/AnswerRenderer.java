package dev.laneway.dialects;

import dev.laneway.dialects.neutral.ChatEvent;

/** Writes neutral events as one answer in the caller's dialect. One answer, one thread. */
public interface AnswerRenderer {

    /** Takes the next event. @return whole frames to send now, possibly none; always none where the answer is not a stream */
    byte[] on(ChatEvent event);

    /** Closes the answer. @return the last frames of a stream, or the whole body */
    byte[] complete();
}
