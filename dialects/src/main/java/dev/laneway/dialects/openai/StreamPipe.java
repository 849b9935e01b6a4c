package dev.laneway.dialects.openai;

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
import java.util.Arrays;

/**
 * Passes a Chat Completions stream on. Frames go through as they came, but for the vendor's model id, which becomes the name to
 * show, and usage, which a client that did not ask for it doesn't see: its chunk is left out, or its value {@code null} where
 * the chunk says more (DeepSeek). Azure's chunks that hold only what its filter found are left out: they are called nothing where
 * clients expect {@code chat.completion.chunk}.
 */
final class StreamPipe extends SsePipe {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[] model;
    private final boolean showUsage;
    private final ChunkScan chunk = new ChunkScan(text());

    StreamPipe(RenderContext context) {
        model = context.model().isEmpty()
                ? NOTHING
                : Splice.quoted(context.model()).getBytes(StandardCharsets.UTF_8);
        showUsage = context.includeUsage();
    }

    @Override
    protected void frame(SseFramer frame) {
        if (frame.dataIs("[DONE]")) {
            sawEnd();
            out().raw(DONE);
            return;
        }
        chunk.scan(frame.data(), frame.dataStart(), frame.dataEnd());
        if (frame.eventIs("error") || (chunk.error && !chunk.broken)) {
            var root = Json.tree(frame.data(), frame.dataStart(), frame.dataEnd() - frame.dataStart());
            fail(VendorErrors.inBand(root == null ? Json.object() : root));
        } else if (chunk.broken) {
            fail(FailureKind.MALFORMED, "The vendor sent a chunk that is not JSON.");
        } else {
            observe();
            if (!failed() && !chunk.hollow && (chunk.choices || chunk.usage == null || showUsage)) {
                write(frame);
            }
        }
    }

    private void observe() {
        if (chunk.usage != null) {
            sawUsage(chunk.usage);
        }
        if (chunk.token) {
            sawToken();
        }
        if (chunk.finish != null) {
            var reason = Finish.reason(chunk.finish);
            if (reason == null) {
                fail(FailureKind.OVERLOADED, "The vendor gave up in the middle of its answer.");
            } else {
                sawFinish(reason);
            }
        }
    }

    private void write(SseFramer frame) {
        var renames = model.length > 0 && chunk.modelEnd - chunk.modelStart > 2;
        var hides = chunk.usage != null && !showUsage;
        if (!renames && !hides && frame.dataInFrame()) {
            forward(frame);
        } else if (!frame.dataInFrame()) {
            rewrite(frame, renames, hides);
        } else {
            var source = frame.frame();
            var read = frame.frameStart();
            var modelFirst = chunk.modelStart < chunk.usageStart;
            if (renames && (modelFirst || !hides)) {
                out().raw(source, read, chunk.modelStart).raw(model);
                read = chunk.modelEnd;
            }
            if (hides) {
                out().raw(source, read, chunk.usageStart).raw(NULL);
                read = chunk.usageEnd;
            }
            if (renames && !modelFirst && hides) {
                out().raw(source, read, chunk.modelStart).raw(model);
                read = chunk.modelEnd;
            }
            out().raw(source, read, frame.frameEnd());
            closeLast();
        }
    }

    /** A chunk over several data lines becomes one of one line: line breaks can only be between its tokens. */
    private void rewrite(SseFramer frame, boolean renames, boolean hides) {
        var data = Arrays.copyOfRange(frame.data(), frame.dataStart(), frame.dataEnd());
        for (var i = 0; i < data.length; i++) {
            data[i] = data[i] == '\n' ? (byte) ' ' : data[i];
        }
        var splice = new Splice(data);
        var base = frame.dataStart();
        var shown = new String(model, StandardCharsets.UTF_8);
        var modelFirst = chunk.modelStart < chunk.usageStart;
        if (renames && (modelFirst || !hides)) {
            splice.replace(chunk.modelStart - base, chunk.modelEnd - base, shown);
        }
        if (hides) {
            splice.replace(chunk.usageStart - base, chunk.usageEnd - base, "null");
        }
        if (renames && !modelFirst && hides) {
            splice.replace(chunk.modelStart - base, chunk.modelEnd - base, shown);
        }
        out().ascii("data: ").raw(splice.apply()).ascii("\n\n");
    }

    @Override
    protected boolean mayEnd() {
        return finishReason() != null && chunk.allEnded();
    }

    @Override
    protected byte[] lastFrames() {
        return DONE;
    }

    @Override
    protected Failure inBand(JsonNode root) {
        return VendorErrors.inBand(root);
    }
}
