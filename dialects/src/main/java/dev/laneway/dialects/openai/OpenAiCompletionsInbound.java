package dev.laneway.dialects.openai;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.InboundDialect;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import dev.laneway.dialects.json.BodyReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients of OpenAI's legacy {@code POST /v1/completions} ({@code CreateCompletionRequest} of its OpenAPI document, 2.3.0). Where a
 * vendor only chats, the prompt becomes a user's message, which is near to it and not the same.
 */
public final class OpenAiCompletionsInbound implements InboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_COMPLETIONS;
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new CompletionRules(reader, null).read(body.length));
    }

    /** By Azure's addresses and OpenAI's old ones, which name the model before what the body names. */
    @Override
    public Inspection inspect(byte[] body, Addressed addressed) {
        return BodyReader.read(body, reader -> new CompletionRules(reader, addressed.model()).read(body.length));
    }

    @Override
    public Parsed parse(byte[] body) {
        return CompletionReader.read(body);
    }

    @Override
    public List<String> approximations() {
        return List.of("approximated prompt: as a user's message, for the vendor only chats");
    }

    @Override
    public AnswerRenderer renderer(RenderContext context) {
        return context.stream() ? new CompletionStreamRenderer(context) : new CompletionRenderer(context);
    }

    @Override
    public AnswerRenderer resume(RenderContext context, Beginning beginning) {
        return new CompletionStreamRenderer(context, beginning);
    }

    @Override
    public Transcript transcript(@Nullable Beginning before) {
        return new CompletionTranscript(before);
    }

    @Override
    public byte[] errorBody(ClientError error) {
        return Errors.body(error);
    }

    @Override
    public byte[] errorFrames(ClientError error) {
        return Errors.frames(error);
    }
}
