package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.SsePipe;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.sse.SseFramer;
import java.nio.charset.StandardCharsets;

/** Passes a stream on. Chunks go through as they came, but for the vendor's model id, which becomes the name to show. */
final class StreamPipe extends SsePipe {
    private final byte[] model;
    private final ChunkScan chunk = new ChunkScan(text());

    StreamPipe(RenderContext context) {
        model = context.model().isEmpty()
                ? NOTHING
                : Splice.quoted(context.model()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void frame(SseFramer frame) {
        var data = frame.data();
        chunk.scan(data, frame.dataStart(), frame.dataEnd());
        if (chunk.broken) {
            fail(FailureKind.MALFORMED, "The vendor sent a chunk that is not JSON.");
        } else if (chunk.error) {
            var root = Json.tree(data, frame.dataStart(), frame.dataEnd() - frame.dataStart());
            fail(GoogleErrors.inBand(root == null ? Json.object() : root));
        } else if (chunk.gaveUp != null) {
            fail(Finish.failure(chunk.gaveUp, ""));
        } else if (chunk.blocked != null && !tokenSeen() && !chunk.token) {
            fail(Finish.blocked(chunk.blocked, ""));
        } else {
            observe();
            write(frame);
        }
    }

    private void observe() {
        if (chunk.usage != null) {
            sawUsage(chunk.usage);
        }
        if (chunk.finish != null) {
            sawFinish(chunk.finish);
        }
        if (chunk.token) {
            sawToken();
        }
        if (chunk.allEnded() && chunk.usage != null) {
            sawEnd();
        }
    }

    private void write(SseFramer frame) {
        if (model.length == 0 || chunk.modelEnd == 0 || !frame.dataInFrame()) {
            forward(frame);
            return;
        }
        out().raw(frame.frame(), frame.frameStart(), chunk.modelStart).raw(model);
        out().raw(frame.frame(), chunk.modelEnd, frame.frameEnd());
        closeLast();
    }

    @Override
    protected boolean mayEnd() {
        return chunk.allEnded();
    }

    @Override
    protected byte[] lastFrames() {
        return NOTHING;
    }

    @Override
    protected Failure inBand(JsonNode root) {
        return GoogleErrors.inBand(root);
    }
}
