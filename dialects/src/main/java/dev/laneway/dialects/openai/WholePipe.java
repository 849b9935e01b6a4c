package dev.laneway.dialects.openai;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.BodyPipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;

/** Passes a {@code chat.completion} on: as it came, but for the vendor's model id, which becomes the name to show. */
final class WholePipe extends BodyPipe {
    private final RenderContext context;

    WholePipe(RenderContext context) {
        this.context = context;
    }

    @Override
    protected byte[] read(byte[] body) {
        var scan = new ChunkScan(text());
        scan.scan(body, 0, body.length);
        var root = scan.error ? Json.tree(body) : null;
        if (root != null) {
            fail(VendorErrors.inBand(root));
        } else if (scan.broken) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not a completion.");
        }
        if (scan.usage != null) {
            sawUsage(scan.usage);
        }
        var reason = scan.finish == null ? null : Finish.reason(scan.finish);
        if (reason != null) {
            sawFinish(reason);
        } else if (scan.finish != null) {
            fail(FailureKind.OVERLOADED, "The vendor gave up in the middle of its answer.");
        }
        if (scan.token) {
            sawToken();
        }
        return context.model().isEmpty() || scan.modelEnd == 0
                ? body
                : new Splice(body)
                        .replace(scan.modelStart, scan.modelEnd, Splice.quoted(context.model()))
                        .apply();
    }
}
