package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.SsePipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.sse.SseFramer;
import java.nio.charset.StandardCharsets;

/**
 * Passes a Messages stream on. Frames go through as they came, but for the vendor's model id in {@code message_start}, which
 * becomes the name to show.
 */
final class StreamPipe extends SsePipe {
    private static final byte[] STOP =
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] model;
    private final MessageScan event = new MessageScan(text());

    StreamPipe(RenderContext context) {
        model = context.model().isEmpty()
                ? NOTHING
                : Splice.quoted(context.model()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void frame(SseFramer frame) {
        var data = frame.data();
        if (tokenSeen() && frame.eventIs("content_block_delta")) {
            event.scanDelta(data, frame.dataStart(), frame.dataEnd());
            if (event.broken) {
                fail(FailureKind.MALFORMED, "The vendor sent an event that is not JSON.");
            } else {
                forward(frame);
            }
            return;
        }
        event.scan(data, frame.dataStart(), frame.dataEnd());
        if (event.broken) {
            fail(FailureKind.MALFORMED, "The vendor sent an event that is not JSON.");
        } else if (event.error || frame.eventIs("error")) {
            var root = Json.tree(data, frame.dataStart(), frame.dataEnd() - frame.dataStart());
            fail(VendorErrors.inBand(root == null ? Json.object() : root));
        } else {
            observe();
            write(frame);
        }
    }

    private void observe() {
        if (event.usage.any()) {
            sawUsage(event.usage.total());
        }
        if (event.stop != null) {
            sawFinish(StopReason.reason(event.stop));
        }
        if (event.token) {
            sawToken();
        }
        if ("message_stop".equals(event.type)) {
            sawEnd();
        }
    }

    private void write(SseFramer frame) {
        if (model.length == 0 || event.modelEnd - event.modelStart <= 2 || !frame.dataInFrame()) {
            forward(frame);
            return;
        }
        out().raw(frame.frame(), frame.frameStart(), event.modelStart).raw(model);
        out().raw(frame.frame(), event.modelEnd, frame.frameEnd());
        closeLast();
    }

    @Override
    protected boolean mayEnd() {
        return finishReason() != null;
    }

    @Override
    protected byte[] lastFrames() {
        return STOP;
    }

    @Override
    protected Failure inBand(JsonNode root) {
        return VendorErrors.inBand(root);
    }
}
