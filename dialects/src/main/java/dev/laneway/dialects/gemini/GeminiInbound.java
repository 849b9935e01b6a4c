package dev.laneway.dialects.gemini;

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
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Clients that speak Gemini. A body is inspected with its address, which says the model, and whether to stream. Google tells a stream
 * that was not asked for as events ({@code alt=sse}) as one array of chunks: ours holds one, the whole answer.
 */
public final class GeminiInbound implements InboundDialect {
    private static final Addressed UNADDRESSED = new Addressed("models/-", false);

    private final boolean inAnArray;

    public GeminiInbound() {
        this(false);
    }

    private GeminiInbound(boolean inAnArray) {
        this.inAnArray = inAnArray;
    }

    /** For a client that wants a stream, but not as events. */
    public static InboundDialect inAnArray() {
        return new GeminiInbound(true);
    }

    @Override
    public String opening() {
        return inAnArray ? "[" : "";
    }

    @Override
    public String closing() {
        return inAnArray ? "]" : "";
    }

    @Override
    public Dialect id() {
        return Dialect.GEMINI;
    }

    /** Only whether the body is well-formed: who asked for what is not in it. */
    @Override
    public Inspection inspect(byte[] body) {
        return inspect(body, UNADDRESSED);
    }

    @Override
    public Inspection inspect(byte[] body, Addressed addressed) {
        return BodyReader.read(body, reader -> new RequestRules(reader, addressed).read(body.length));
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
        var body = Errors.body(error);
        return inAnArray
                ? new ByteText(body.length + 2).ascii("[").raw(body).ascii("]").take()
                : body;
    }

    @Override
    public byte[] errorFrames(ClientError error) {
        return Errors.frames(error);
    }
}
