package dev.laneway.dialects;

import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a wire format in which a model is asked to say something. Implementations are stateless and safe for any
 * number of threads; the renderers they make belong to one answer and one thread.
 */
public non-sealed interface InboundDialect extends CallerDialect {

    /**
     * Reads a body whole, for translation. One that {@link #inspect} accepted is {@link Parsed.Unreadable} only where its dialect can
     * say what no chat can do.
     */
    Parsed parse(byte[] body);

    /** What every translation of its requests changes, as {@link UpstreamCall#notes} has it. */
    default List<String> approximations() {
        return List.of();
    }

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
}
