package dev.laneway.dialects.answers;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.ndjson.LineFramer;

/** What passing a stream on is in a dialect that streams a JSON object a line. One answer, one thread. */
public abstract class LinePipe extends ObservedPipe {
    private final LineFramer lines = new LineFramer();
    private final ByteText out = new ByteText(512);
    private boolean anyLine;

    /** Takes one line, which may turn out not to be JSON: observes it and writes to {@link #out}. */
    protected abstract void line(byte[] bytes, int from, int to);

    /** Where what goes to the caller is collected. */
    protected final ByteText out() {
        return out;
    }

    @Override
    public final byte[] feed(byte[] bytes, int offset, int length) {
        if (over()) {
            return NOTHING;
        }
        lines.feed(bytes, offset, length);
        drain();
        if (!over() && lines.overflown()) {
            fail(FailureKind.MALFORMED, "The vendor sent a line that is too large.");
        }
        return out.take();
    }

    private void drain() {
        while (!over() && lines.next()) {
            if (!lines.isWhole() && anyLine && !isJson()) {
                fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
            } else {
                anyLine = true;
                line(lines.bytes(), lines.lineStart(), lines.lineEnd());
            }
        }
    }

    private boolean isJson() {
        return Json.tree(lines.bytes(), lines.lineStart(), lines.lineEnd() - lines.lineStart()) != null;
    }

    @Override
    public final byte[] end() {
        if (!over()) {
            lines.end();
            drain();
        }
        if (!over()) {
            if (anyLine) {
                fail(FailureKind.CUT_STREAM, "The vendor's stream ended in the middle.");
            } else {
                fail(FailureKind.EMPTY_ANSWER, "The vendor's answer was empty.");
            }
        }
        judgeContent();
        return failed() ? NOTHING : out.take();
    }
}
