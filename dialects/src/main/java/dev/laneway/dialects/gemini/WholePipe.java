package dev.laneway.dialects.gemini;

import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.BodyPipe;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;

/** Passes a whole answer on: as it came, but for the vendor's model id, which becomes the name to show. */
final class WholePipe extends BodyPipe {
    private final RenderContext context;

    WholePipe(RenderContext context) {
        this.context = context;
    }

    @Override
    protected byte[] read(byte[] body) {
        var answer = new ChunkScan(text());
        answer.scan(body, 0, body.length);
        var root = answer.error ? Json.tree(body) : null;
        if (root != null) {
            fail(GoogleErrors.inBand(root));
        } else if (answer.broken) {
            fail(FailureKind.MALFORMED, "The vendor's answer is not an answer of Gemini's.");
        } else if (answer.gaveUp != null) {
            fail(Finish.failure(answer.gaveUp, ""));
        } else if (answer.blocked != null && !answer.token) {
            fail(Finish.blocked(answer.blocked, ""));
        }
        if (answer.usage != null) {
            sawUsage(answer.usage);
        }
        if (answer.finish != null) {
            sawFinish(answer.finish);
        }
        if (answer.token) {
            sawToken();
        }
        return context.model().isEmpty() || answer.modelEnd == 0
                ? body
                : new Splice(body)
                        .replace(answer.modelStart, answer.modelEnd, Splice.quoted(context.model()))
                        .apply();
    }
}
