package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.answers.SsePipe;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;
import java.util.Arrays;

/** Passes a streamed response on: as it came, but for what {@link ResponseScan} puts in. */
final class StreamPipe extends SsePipe {
    private final RenderContext context;
    private final Echo echo;

    StreamPipe(RenderContext context, Echo echo) {
        this.context = context;
        this.echo = echo;
    }

    @Override
    protected void frame(SseFramer frame) {
        if (frame.dataIs("[DONE]")) {
            return;
        }
        var data = Arrays.copyOfRange(frame.data(), frame.dataStart(), frame.dataEnd());
        var scan = new ResponseScan(data, context, echo, text()).event();
        if (scan.broken) {
            fail(FailureKind.MALFORMED, "The vendor sent an event that is not JSON.");
        } else if (scan.error || scan.type.equals("error") || scan.type.equals("response.failed")) {
            var root = Json.tree(data);
            fail(inBand(root == null ? Json.object() : root));
        } else {
            observe(scan);
            write(frame, scan);
        }
    }

    private void observe(ResponseScan scan) {
        if (scan.token) {
            sawToken();
        }
        switch (scan.type) {
            case "response.completed", "response.incomplete" -> {
                var reason = scan.finish();
                if (reason != null) {
                    sawFinish(reason);
                }
                if (scan.usage != null) {
                    sawUsage(scan.usage);
                }
                sawEnd();
            }
            default -> {}
        }
    }

    /** An event over several data lines becomes one of one line: line breaks can only be between its tokens. */
    private void write(SseFramer frame, ResponseScan scan) {
        if (frame.dataInFrame()) {
            out().raw(frame.frame(), frame.frameStart(), frame.dataStart())
                    .raw(scan.spliced())
                    .raw(frame.frame(), frame.dataEnd(), frame.frameEnd());
            closeLast();
            return;
        }
        var event = scan.spliced();
        for (var i = 0; i < event.length; i++) {
            event[i] = event[i] == '\n' ? (byte) ' ' : event[i];
        }
        out().ascii("event: ").ascii(scan.type).ascii("\ndata: ").raw(event).ascii("\n\n");
    }

    @Override
    protected boolean mayEnd() {
        return false;
    }

    @Override
    protected byte[] lastFrames() {
        return NOTHING;
    }

    @Override
    protected Failure inBand(JsonNode root) {
        return VendorErrors.inBand(root.path("response").isObject() ? root.path("response") : root);
    }
}
