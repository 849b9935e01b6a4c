package dev.laneway.dialects.responses;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.BodyPipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;

/** Passes a response on that was not streamed: as it came, but for what {@link ResponseScan} puts in. */
final class WholePipe extends BodyPipe {
    private final RenderContext context;
    private final Echo echo;

    WholePipe(RenderContext context, Echo echo) {
        this.context = context;
        this.echo = echo;
    }

    @Override
    protected byte[] read(byte[] body) {
        var scan = new ResponseScan(body, context, echo, text()).whole();
        var root = scan.error || scan.status.equals("failed") ? Json.tree(body) : null;
        if (root != null) {
            fail(VendorErrors.inBand(root));
        } else if (scan.broken) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not a response.");
        }
        if (scan.usage != null) {
            sawUsage(scan.usage);
        }
        var reason = scan.finish();
        if (reason != null) {
            sawFinish(reason);
        } else {
            fail(FailureKind.MALFORMED, "The vendor's answer is not a response that has ended.");
        }
        if (scan.token) {
            sawToken();
        }
        return scan.spliced();
    }
}
