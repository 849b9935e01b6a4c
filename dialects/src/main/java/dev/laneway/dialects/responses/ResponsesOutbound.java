package dev.laneway.dialects.responses;

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
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import java.util.List;

/** Vendors that speak OpenAI Responses. They are told to store nothing: what clients ask for again is in the gateway's log. */
public final class ResponsesOutbound implements OutboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_RESPONSES;
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
        return new UpstreamPlan.Call(new UpstreamCall(target.baseUrl() + "/responses", target.headers(), body, notes));
    }

    /** OpenAI's models answer such a turn. */
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
        return passThroughAnswer(context, Echo.NOTHING);
    }

    @Override
    public AnswerPipe passThroughAnswer(RenderContext context, byte[] body) {
        return passThroughAnswer(context, Echo.of(body));
    }

    private static AnswerPipe passThroughAnswer(RenderContext context, Echo echo) {
        return context.stream() ? new StreamPipe(context, echo) : new WholePipe(context, echo);
    }

    @Override
    public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        return VendorErrors.classify(status, headers, body, now);
    }
}
