package dev.laneway.dialects.answers;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;

/** What passing an answer on is that is one JSON document. One answer, one thread. */
public abstract class BodyPipe extends ObservedPipe {
    private final ByteText body = new ByteText(2048);

    /** Observes the body, and says what goes to the caller. */
    protected abstract byte[] read(byte[] body);

    @Override
    public final byte[] feed(byte[] bytes, int offset, int length) {
        if (!over()) {
            body.raw(bytes, offset, offset + length);
            if (body.length() > SseFramer.MAX_FRAME_BYTES) {
                fail(FailureKind.MALFORMED, "The vendor's answer is too large.");
            }
        }
        return NOTHING;
    }

    @Override
    public final byte[] end() {
        if (over()) {
            return NOTHING;
        }
        var answer = body.take();
        if (isBlank(answer)) {
            fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
        } else if (!Json.isWhole(answer)) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not JSON.");
        }
        if (failed()) {
            return NOTHING;
        }
        var result = read(answer);
        if (!failed()) {
            sawEnd();
            judgeContent();
        }
        return failed() ? NOTHING : result;
    }

    private static boolean isBlank(byte[] bytes) {
        for (var b : bytes) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }
}
