package dev.laneway.dialects.embeddings;

import dev.laneway.dialects.neutral.EmbeddingRequest.Encoding;

/** Writes an answer as its caller wants it. One answer, one thread. */
public interface EmbeddingRenderer {

    /** How the caller wants numbers. */
    Encoding encoding();

    /** The name to show in place of the vendor's model id; empty to show the vendor's. */
    String model();

    /** The whole body. */
    byte[] render(EmbeddingAnswer answer);
}
