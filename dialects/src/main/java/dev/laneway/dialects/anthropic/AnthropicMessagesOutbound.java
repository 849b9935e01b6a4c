package dev.laneway.dialects.anthropic;

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
import dev.laneway.dialects.gemini.VertexUrl;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.providers.Quirk;
import java.util.HashMap;
import java.util.List;

/**
 * Vendors that speak Anthropic Messages. A client of the same dialect has its {@code anthropic-version} and {@code
 * anthropic-beta} passed on; else the version is 2023-06-01, whose answers every later one still has. On Vertex AI the version is told
 * in the body, and there is but one ({@code rawPredict}, by anthropic-sdk-typescript's package for Vertex).
 */
public final class AnthropicMessagesOutbound implements OutboundDialect {
    private static final String VERSION = "2023-06-01";

    @Override
    public Dialect id() {
        return Dialect.ANTHROPIC_MESSAGES;
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

    /** Vertex AI's one version; its name stands in the body. */
    static final String VERTEX_VERSION = "vertex-2023-10-16";

    static boolean onVertex(Target target) {
        return target.provider().quirks().contains(Quirk.VERTEX);
    }

    private static UpstreamPlan plan(byte[] body, Target target, List<String> notes) {
        var headers = new HashMap<>(target.headers());
        if (!onVertex(target)) {
            headers.putIfAbsent("anthropic-version", target.clientHeaders().getOrDefault("anthropic-version", VERSION));
        }
        var beta = target.clientHeaders().get("anthropic-beta");
        if (beta != null) {
            headers.putIfAbsent("anthropic-beta", beta);
        }
        return new UpstreamPlan.Call(new UpstreamCall(url(target), headers, body, notes));
    }

    private static String url(Target target) {
        if (onVertex(target)) {
            var verb = target.stream() ? ":streamRawPredict" : ":rawPredict";
            return VertexUrl.of(target, "anthropic", target.model()) + verb;
        }
        var base = target.baseUrl();
        return base.endsWith("/v1") ? base + "/messages" : base + "/v1/messages";
    }

    @Override
    public boolean takesPrefill(Target target) {
        return ClaudeModel.of(target.model()).takesPrefill();
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
