package dev.laneway.dialects.anthropic;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.BodyPipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;

/** Passes a {@code message} on: as it came, but for the vendor's model id, which becomes the name to show. */
final class WholePipe extends BodyPipe {
    private final RenderContext context;

    WholePipe(RenderContext context) {
        this.context = context;
    }

    @Override
    protected byte[] read(byte[] body) {
        var message = new MessageScan(text());
        message.scan(body, 0, body.length);
        var root = message.error ? Json.tree(body) : null;
        if (root != null) {
            fail(VendorErrors.inBand(root));
        } else if (message.broken) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not a message.");
        }
        if (message.usage.any()) {
            sawUsage(message.usage.total());
        }
        if (message.stop != null) {
            sawFinish(StopReason.reason(message.stop));
        }
        if (message.token) {
            sawToken();
        }
        return context.model().isEmpty() || message.modelEnd == 0
                ? body
                : new Splice(body)
                        .replace(message.modelStart, message.modelEnd, Splice.quoted(context.model()))
                        .apply();
    }
}
