package dev.laneway.ingress.reply;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Reply;
import org.jspecify.annotations.Nullable;

/** Where answers that were given can be read again. */
@FunctionalInterface
public interface AnswerSource {
    /** Takes an answer's frames, in order. May block, which holds up the reading. */
    @FunctionalInterface
    interface Taker {
        /**
         * The next frame.
         *
         * @param head with the first one
         * @param last nothing follows
         * @return false where nothing more is wanted
         */
        boolean take(Reply.@Nullable Head head, byte[] bytes, boolean last);
    }

    /**
     * Reads the answer that a fact tells of. Blocks.
     *
     * @param end of a completed request
     * @return false where the answer is not there any more; then nothing was handed out
     * @throws IllegalStateException where it can't be read just now, be it in the middle
     */
    boolean read(Fact.Attempted end, Taker taker);
}
