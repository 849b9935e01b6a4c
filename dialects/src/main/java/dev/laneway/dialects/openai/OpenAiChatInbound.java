package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
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
import dev.laneway.dialects.json.Json;
import org.jspecify.annotations.Nullable;

/** Clients that speak OpenAI Chat Completions. */
public final class OpenAiChatInbound implements InboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_CHAT;
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new RequestRules(reader, null).read(body.length));
    }

    /** By Azure's addresses and OpenAI's old ones, which name the model before what the body names. */
    @Override
    public Inspection inspect(byte[] body, Addressed addressed) {
        return BodyReader.read(body, reader -> new RequestRules(reader, addressed.model()).read(body.length));
    }

    @Override
    public Parsed parse(byte[] body) {
        JsonNode root = Json.tree(body);
        return root != null && root.isObject()
                ? new Parsed.Request(RequestReader.read(root))
                : new Parsed.Unreadable(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."));
    }

    @Override
    public AnswerRenderer renderer(RenderContext context) {
        return context.stream() ? new StreamRenderer(context) : new WholeRenderer(context);
    }

    @Override
    public AnswerRenderer resume(RenderContext context, Beginning beginning) {
        return new StreamRenderer(context, beginning);
    }

    @Override
    public Transcript transcript(@Nullable Beginning before) {
        return new ChunkTranscript(before);
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
