package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerRenderer;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.InboundDialect;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.StreamForm;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.Json;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that speak Ollama's native API. They are told how long an answer took, so its renderers read a monotonic clock: nothing else
 * in this module does.
 */
public final class OllamaInbound implements InboundDialect {
    private final Form form;
    private final LongSupplier nanos;

    private OllamaInbound(Form form, LongSupplier nanos) {
        this.form = form;
        this.nanos = nanos;
    }

    /** {@code POST /api/chat}. */
    public static OllamaInbound chat() {
        return new OllamaInbound(Form.CHAT, System::nanoTime);
    }

    /** {@code POST /api/generate}. */
    public static OllamaInbound generate() {
        return new OllamaInbound(Form.GENERATE, System::nanoTime);
    }

    /** The same by another clock. */
    OllamaInbound by(LongSupplier clock) {
        return new OllamaInbound(form, clock);
    }

    @Override
    public Dialect id() {
        return form.dialect();
    }

    @Override
    public Inspection inspect(byte[] body) {
        return BodyReader.read(body, reader -> new RequestRules(form, reader).read(body.length));
    }

    @Override
    public Parsed parse(byte[] body) {
        JsonNode root = Json.tree(body);
        return root != null && root.isObject()
                ? new Parsed.Request(RequestReader.read(form, root))
                : new Parsed.Unreadable(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."));
    }

    @Override
    public AnswerRenderer renderer(RenderContext context) {
        var watch = new Stopwatch(context.createdAt(), nanos);
        var lines = new LineWriter(form, context.model(), watch);
        return context.stream() ? new StreamRenderer(lines) : new WholeRenderer(lines, watch);
    }

    @Override
    public AnswerRenderer resume(RenderContext context, Beginning beginning) {
        return renderer(context);
    }

    @Override
    public Transcript transcript(@Nullable Beginning before) {
        return new LineTranscript(before);
    }

    @Override
    public byte[] errorBody(ClientError error) {
        return Errors.body(error);
    }

    /** Ollama's clients raise a line that has an {@code error}. */
    @Override
    public byte[] errorFrames(ClientError error) {
        return Errors.line(error);
    }

    @Override
    public String contentType(boolean stream) {
        return stream ? "application/x-ndjson" : "application/json";
    }

    @Override
    public StreamForm streamForm() {
        return StreamForm.LINES;
    }

    @Override
    public byte[] idleFrame(String model, long createdAt) {
        return new LineWriter(form, model, new Stopwatch(createdAt, () -> 0)).said("", "");
    }
}
