package dev.laneway.dialects.answers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;

/**
 * What passing a stream on is in every dialect that streams by SSE. Frames without data are not passed on, except comments after
 * the first token: until then, keeping a connection open is the ingress's business. One answer, one thread.
 */
public abstract class SsePipe extends ObservedPipe {
    private static final int STRAY_KEPT = 64 << 10;

    private final SseFramer frames = new SseFramer();
    private final ByteText out = new ByteText(512);
    private final ByteText stray = new ByteText(0);
    private boolean anyData;
    private boolean ending;

    /** Takes one frame that has data: observes it and writes to {@link #out}. */
    protected abstract void frame(SseFramer frame);

    /** Whether the answer is whole, should no more come. */
    protected abstract boolean mayEnd();

    /** What is to be added where a whole answer lacks its formal end. */
    protected abstract byte[] lastFrames();

    /** Types the failure of a JSON object with an {@code error} that came in place of a stream. */
    protected abstract Failure inBand(JsonNode root);

    /** Where what goes to the caller is collected. */
    protected final ByteText out() {
        return out;
    }

    /** Writes a frame as it came. */
    protected final void forward(SseFramer frame) {
        out.raw(frame.frame(), frame.frameStart(), frame.frameEnd());
        closeLast();
    }

    /** The last frame of a stream may lack its blank line. */
    protected final void closeLast() {
        if (ending) {
            out.ascii("\n\n");
        }
    }

    @Override
    public final byte[] feed(byte[] bytes, int offset, int length) {
        if (over()) {
            return NOTHING;
        }
        frames.feed(bytes, offset, length);
        drain();
        if (!over() && frames.overflown()) {
            fail(FailureKind.MALFORMED, "The vendor sent a frame that is too large.");
        }
        return out.take();
    }

    private void drain() {
        while (!over() && frames.next()) {
            var bare = frames.hasData() ? null : BareError.in(frames);
            if (bare != null) {
                fail(inBand(bare));
            } else if (frames.hasData()) {
                if (!frames.dataIs("")) {
                    anyData = true;
                    frame(frames);
                }
            } else if (frames.frame()[frames.frameStart()] == ':') {
                if (tokenSeen()) {
                    forward(frames);
                }
            } else if (stray.length() < STRAY_KEPT) {
                stray.raw(frames.frame(), frames.frameStart(), frames.frameEnd());
            }
        }
    }

    @Override
    public final byte[] end() {
        if (!over()) {
            ending = true;
            frames.end();
            drain();
        }
        if (!over()) {
            if (mayEnd()) {
                sawEnd();
                out.raw(lastFrames());
            } else {
                unfinished();
            }
        }
        judgeContent();
        return failed() ? NOTHING : out.take();
    }

    private void unfinished() {
        if (anyData) {
            fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
        } else if (stray.isEmpty()) {
            fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
        } else {
            var root = Json.tree(stray.take());
            if (root != null && root.hasNonNull("error")) {
                fail(inBand(root));
            } else {
                fail(FailureKind.MALFORMED, "The vendor answered with something other than a stream.");
            }
        }
    }
}
