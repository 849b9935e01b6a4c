package dev.laneway.dialects.answers;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.sse.SseFramer;
import java.util.ArrayList;
import java.util.List;

/** What reading an answer that is one JSON document is in every dialect. One answer, one thread. */
public abstract class WholeBodyReader implements AnswerReader {
    private final ByteText body = new ByteText(2048);
    private boolean finished;
    private boolean tooLarge;

    /** Reads a body that is not blank. */
    protected abstract void read(byte[] body, List<ChatEvent> events);

    @Override
    public final List<ChatEvent> feed(byte[] bytes, int offset, int length) {
        if (!finished && !tooLarge) {
            body.raw(bytes, offset, offset + length);
            tooLarge = body.length() > SseFramer.MAX_FRAME_BYTES;
        }
        return List.of();
    }

    @Override
    public final List<ChatEvent> end() {
        if (finished) {
            return List.of();
        }
        finished = true;
        if (tooLarge) {
            return List.of(failed(FailureKind.MALFORMED, "The vendor's answer is too large."));
        }
        var bytes = body.take();
        for (var b : bytes) {
            if (b > ' ' || b < 0) {
                var events = new ArrayList<ChatEvent>();
                read(bytes, events);
                return events;
            }
        }
        return List.of(failed(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty."));
    }

    private static ChatEvent failed(FailureKind kind, String message) {
        return new ChatEvent.Failed(Failure.of(kind, message));
    }

    @Override
    public final boolean finished() {
        return finished;
    }
}
