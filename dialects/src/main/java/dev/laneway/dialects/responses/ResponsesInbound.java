package dev.laneway.dialects.responses;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
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

/** Clients that speak OpenAI Responses. */
public final class ResponsesInbound implements InboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_RESPONSES;
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new RequestRules(reader).read(body.length));
    }

    @Override
    public Parsed parse(byte[] body) {
        var root = Json.tree(body);
        return root != null && root.isObject()
                ? new Parsed.Request(RequestReader.read(root))
                : new Parsed.Unreadable(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."));
    }

    @Override
    public AnswerRenderer renderer(RenderContext context) {
        return renderer(context, Echo.NOTHING);
    }

    @Override
    public AnswerRenderer renderer(RenderContext context, byte[] body) {
        return renderer(context, Echo.of(body));
    }

    private static AnswerRenderer renderer(RenderContext context, Echo echo) {
        return context.stream() ? new StreamRenderer(context, echo) : new WholeRenderer(context, echo);
    }

    @Override
    public AnswerRenderer resume(RenderContext context, Beginning beginning) {
        return new StreamRenderer(context, Echo.NOTHING, beginning);
    }

    @Override
    public AnswerRenderer resume(RenderContext context, Beginning beginning, byte[] body) {
        return new StreamRenderer(context, Echo.of(body), beginning);
    }

    @Override
    public Transcript transcript(@Nullable Beginning before) {
        return new EventTranscript(before);
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
