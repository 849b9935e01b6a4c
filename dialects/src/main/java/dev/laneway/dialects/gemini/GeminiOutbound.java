package dev.laneway.dialects.gemini;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.OutboundDialect;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import java.util.List;

/** Vendors that speak Gemini: Google's AI Studio, and Vertex AI. */
public final class GeminiOutbound implements OutboundDialect {
    @Override
    public Dialect id() {
        return Dialect.GEMINI;
    }

    @Override
    public UpstreamPlan call(ChatRequest request, Target target) {
        var losses = new Losses();
        var body = new RequestWriter(target, losses).write(request);
        var refusal = losses.refusal();
        return refusal == null ? plan(Json.bytes(body), target, losses.notes()) : new UpstreamPlan.Refused(refusal);
    }

    @Override
    public UpstreamPlan passThrough(byte[] body, Target target) {
        var splicer = new RequestSplicer(body, target);
        var spliced = splicer.apply();
        return spliced == null
                ? new UpstreamPlan.Refused(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."))
                : plan(spliced, target, splicer.notes());
    }

    private static UpstreamPlan plan(byte[] body, Target target, List<String> notes) {
        return new UpstreamPlan.Call(new UpstreamCall(Addresses.of(target), target.headers(), body, notes));
    }

    /** A last content of the model's is not gone on with. */
    @Override
    public boolean takesPrefill(Target target) {
        return false;
    }

    @Override
    public AnswerReader reader(boolean stream) {
        return stream ? new StreamReader() : new WholeReader();
    }

    @Override
    public AnswerPipe passThroughAnswer(RenderContext context) {
        return context.stream() ? new StreamPipe(context) : new WholePipe(context);
    }

    @Override
    public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        return GoogleErrors.classify(status, headers, body, now);
    }
}
