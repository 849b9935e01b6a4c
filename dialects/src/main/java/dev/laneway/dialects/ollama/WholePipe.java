package dev.laneway.dialects.ollama;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.BodyPipe;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;

/** Passes an answer of {@code /api/chat} on that is no stream: as it came, but for the vendor's model. */
final class WholePipe extends BodyPipe {
    private final byte[] model;

    WholePipe(RenderContext context) {
        model = StreamPipe.shown(context);
    }

    @Override
    protected byte[] read(byte[] body) {
        var scan = new LineScan(text());
        scan.scan(body, 0, body.length);
        var root = scan.error ? Json.tree(body) : null;
        if (root != null) {
            fail(Errors.inBand(root));
        } else if (scan.broken) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not a JSON object.");
        } else if (!scan.done) {
            fail(FailureKind.MALFORMED, "The vendor's answer does not say that it is whole.");
        }
        if (scan.usage != null) {
            sawUsage(scan.usage);
        }
        if (scan.token) {
            sawToken();
        }
        sawFinish(DoneReason.read(scan.reason, scan.calls));
        var out = new ByteText(body.length + model.length);
        scan.write(body, 0, body.length, model, out);
        return out.take();
    }
}
