package dev.laneway.dialects;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a wire format. Implementations are stateless and safe for any number of threads; the renderers they
 * make belong to one answer and one thread.
 */
public interface InboundDialect {

    Dialect id();

    /**
     * Validates a request body and extracts what planning needs, in one pass and without a tree. Unknown fields pass.
     *
     * @param body a whole request body; not modified
     */
    Inspection inspect(byte[] body);

    /** Reads a body whole, for translation. A body that {@link #inspect} accepted is never {@link Parsed.Unreadable}. */
    Parsed parse(byte[] body);

    AnswerRenderer renderer(RenderContext context);

    /**
     * A renderer for the answer to that request, in dialects whose answers repeat what was asked or name tools as it did.
     *
     * @param body as {@link #inspect} accepted it; not modified
     */
    default AnswerRenderer renderer(RenderContext context, byte[] body) {
        return renderer(context);
    }

    /** A renderer for the rest of a stream whose beginning its client has. */
    AnswerRenderer resume(RenderContext context, Beginning beginning);

    /** The same, for the answer to that request. */
    default AnswerRenderer resume(RenderContext context, Beginning beginning, byte[] body) {
        return resume(context, beginning);
    }

    /**
     * Keeps what a stream tells its client.
     *
     * @param before what earlier attempts told it; null where there were none
     */
    Transcript transcript(@Nullable Beginning before);

    /** The body of an HTTP error, as JSON. */
    byte[] errorBody(ClientError error);

    /**
     * The last frames of a stream that failed after it began. They end it in a way that the dialect's SDKs raise as an
     * error; nothing may follow them.
     */
    byte[] errorFrames(ClientError error);

    /** The media type of an answer: {@code text/event-stream} for a stream, unless the dialect streams otherwise, else {@code application/json}. */
    default String contentType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    /** How the frames of a stream are told apart. */
    default StreamForm streamForm() {
        return StreamForm.EVENTS;
    }

    /**
     * A frame that says nothing, to keep a stream's connection open where its answer is slow to begin or to go on.
     *
     * @param model as the client named it
     * @param createdAt seconds since the epoch
     */
    default byte[] idleFrame(String model, long createdAt) {
        return ": waiting\n\n".getBytes(StandardCharsets.US_ASCII);
    }
}
