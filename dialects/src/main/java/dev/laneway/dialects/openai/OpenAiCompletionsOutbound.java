package dev.laneway.dialects.openai;

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
import dev.laneway.dialects.providers.Quirk;
import java.util.List;

/** Vendors that have OpenAI's legacy {@code /completions}. Their chunks differ from those of chat in where the text is. */
public final class OpenAiCompletionsOutbound implements OutboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OPENAI_COMPLETIONS;
    }

    @Override
    public UpstreamPlan call(ChatRequest request, Target target) {
        var losses = new Losses();
        var body = new CompletionWriter(target, losses).write(request);
        var refusal = losses.refusal();
        return refusal == null ? plan(Json.bytes(body), target, losses.notes()) : new UpstreamPlan.Refused(refusal);
    }

    @Override
    public UpstreamPlan passThrough(byte[] body, Target target) {
        var splicer = new RequestSplicer(body, target, true);
        var spliced = splicer.apply();
        return spliced == null
                ? new UpstreamPlan.Refused(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."))
                : plan(spliced, target, splicer.notes());
    }

    private static UpstreamPlan plan(byte[] body, Target target, List<String> notes) {
        var azure = target.provider().quirks().contains(Quirk.AZURE_PATHS);
        var url = azure ? AzureUrl.of(target, "/completions") : target.baseUrl() + "/completions";
        return new UpstreamPlan.Call(new UpstreamCall(url, target.headers(), body, notes));
    }

    /** To go on is all that it does. */
    @Override
    public boolean takesPrefill(Target target) {
        return true;
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
        return VendorErrors.classify(status, headers, body, now);
    }
}
