package dev.laneway.dialects;

import dev.laneway.dialects.embeddings.EmbeddingRenderer;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import org.jspecify.annotations.Nullable;

/** The caller's side of a wire format in which embeddings are asked for. Nothing of it is streamed. */
public non-sealed interface EmbeddingsInbound extends CallerDialect {

    /** Reads a body whole, for translation. @return null where it can't be read, which {@link #inspect} would have said */
    @Nullable
    EmbeddingRequest parse(byte[] body);

    /** How the answer to that body is to be written. */
    EmbeddingRenderer renderer(byte[] body, RenderContext context);
}
