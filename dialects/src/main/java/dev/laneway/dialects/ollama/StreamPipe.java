package dev.laneway.dialects.ollama;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.LinePipe;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;
import java.nio.charset.StandardCharsets;

/** Passes a stream of {@code /api/chat} on. Lines go through as they came, but for the vendor's model, which becomes the name to show. */
final class StreamPipe extends LinePipe {
    private final byte[] model;
    private final LineScan scan = new LineScan(text());
    private boolean calls;

    StreamPipe(RenderContext context) {
        model = shown(context);
    }

    /** The name to show as JSON; empty to show the vendor's. */
    static byte[] shown(RenderContext context) {
        return context.model().isEmpty()
                ? NOTHING
                : Splice.quoted(context.model()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void line(byte[] bytes, int from, int to) {
        scan.scan(bytes, from, to);
        if (scan.broken) {
            fail(FailureKind.MALFORMED, "The vendor sent a line that is not a JSON object.");
            return;
        }
        if (scan.error) {
            var root = Json.tree(bytes, from, to - from);
            fail(Errors.inBand(root == null ? Json.object() : root));
            return;
        }
        calls |= scan.calls;
        if (scan.token) {
            sawToken();
        }
        if (scan.usage != null) {
            sawUsage(scan.usage);
        }
        scan.write(bytes, from, to, model, out());
        out().ascii("\n");
        if (scan.done) {
            sawFinish(DoneReason.read(scan.reason, calls));
            sawEnd();
        }
    }
}
