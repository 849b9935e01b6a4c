package dev.laneway.dialects.ollama;

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
import java.util.HashMap;
import java.util.List;

/** Ollama servers, by their native {@code /api/chat}. */
public final class OllamaChatOutbound implements OutboundDialect {
    @Override
    public Dialect id() {
        return Dialect.OLLAMA_CHAT;
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
        return new UpstreamPlan.Call(post(target, "/api/chat", body, notes));
    }

    static UpstreamCall post(Target target, String path, byte[] body, List<String> notes) {
        var headers = new HashMap<>(target.headers());
        if (target.stream() && !target.endpoint().headers().containsKey("accept")) {
            headers.put("accept", "application/x-ndjson");
        }
        if (target.attemptId().isEmpty()) {
            headers.remove("x-client-request-id");
        }
        return new UpstreamCall(root(target.baseUrl()) + path, headers, body, notes);
    }

    /** The server's root, although config may name the address of its API, or that of its OpenAI-compatible one. */
    private static String root(String url) {
        for (var suffix : new String[] {"/v1", "/api"}) {
            if (url.endsWith(suffix)) {
                return url.substring(0, url.length() - suffix.length());
            }
        }
        return url;
    }

    /** Whether a model goes on with its last turn is a matter of its template. */
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
        return Errors.classify(status, headers, body, now);
    }
}
