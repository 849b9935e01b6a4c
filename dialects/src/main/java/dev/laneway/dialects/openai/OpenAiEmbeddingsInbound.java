package dev.laneway.dialects.openai;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.EmbeddingsInbound;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.embeddings.EmbeddingRenderer;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import org.jspecify.annotations.Nullable;

/** Clients of OpenAI's {@code POST /v1/embeddings} ({@code CreateEmbeddingRequest} of its OpenAPI document, 2.3.0). */
public final class OpenAiEmbeddingsInbound implements EmbeddingsInbound {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_EMBEDDINGS;
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new EmbeddingRules(reader, null).read(body.length));
    }

    /** By Azure's addresses and OpenAI's old ones, which name the model before what the body names. */
    @Override
    public Inspection inspect(byte[] body, Addressed addressed) {
        return BodyReader.read(body, reader -> new EmbeddingRules(reader, addressed.model()).read(body.length));
    }

    @Override
    public @Nullable EmbeddingRequest parse(byte[] body) {
        var root = Json.tree(body);
        return root != null && root.isObject() ? EmbeddingReader.read(root) : null;
    }

    @Override
    public EmbeddingRenderer renderer(byte[] body, RenderContext context) {
        return new EmbeddingListRenderer(EmbeddingReader.encoding(body), context);
    }

    @Override
    public byte[] errorBody(ClientError error) {
        return Errors.body(error);
    }

    @Override
    public byte[] errorFrames(ClientError error) {
        return Errors.body(error);
    }
}
