package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.EmbeddingsOutbound;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.ObjectEdit;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import java.util.List;
import java.util.Set;

/**
 * Ollama's own {@code POST /api/embed}, at the root of its server; the older {@code /api/embeddings} only for bodies of that form.
 * Ollama cuts inputs that are too long and says nothing of it, unless told not to: it is told, where the caller's API refuses them.
 */
public final class OllamaEmbedOutbound implements EmbeddingsOutbound.Passing {
    private static final AnswerShape SHAPE =
            new AnswerShape(Set.of("embeddings.*", "embedding"), "", "model", "prompt_eval_count");

    private static final String COMPATIBLE = "/v1";

    @Override
    public Dialect id() {
        return Dialect.OLLAMA_EMBED;
    }

    @Override
    public AnswerShape shape() {
        return SHAPE;
    }

    @Override
    public UpstreamPlan passThrough(byte[] body, Target target) {
        var at = new JsonCursor().reset(body, 0, body.length);
        var splice = new Splice(body);
        var losses = new Losses();
        if (at.enterObject()) {
            var members = new ObjectEdit(at, splice);
            while (members.next()) {
                var dropped = target.policy().dropParams().stream()
                        .filter(at::keyIs)
                        .findFirst()
                        .orElse(null);
                if (dropped != null) {
                    losses.dropped(dropped, "by the operator's policy");
                    members.drop();
                    continue;
                }
                var isModel = at.keyIs("model");
                at.skipValue();
                if (isModel) {
                    splice.replace(at.valueStart(), at.valueEnd(), Splice.quoted(target.model()));
                }
                members.keep();
            }
        }
        return plan(
                OllamaEmbedInbound.isOld(body) ? "/api/embeddings" : "/api/embed",
                splice.apply(),
                target,
                losses.notes());
    }

    @Override
    public UpstreamPlan call(EmbeddingRequest request, Target target) {
        var losses = new Losses();
        var root = Json.object().put("model", target.model());
        var inputs = root.putArray("input");
        for (var input : request.inputs()) {
            switch (input) {
                case Input.Text(var text) -> inputs.add(text);
                case Input.Tokens _ -> losses.refuse("This vendor takes texts, not tokens.");
            }
        }
        root.put("truncate", Boolean.TRUE.equals(request.truncate()));
        if (request.dimensions() != null) {
            root.put("dimensions", request.dimensions());
        }
        if (request.user() != null) {
            losses.dropped("user", "Ollama has no such field");
        }
        if (request.purpose() != null) {
            losses.dropped("input_type", "Ollama has no such field");
        }
        request.extras().fields().keySet().forEach(name -> losses.dropped(name, "Ollama has no such field"));
        target.policy().dropParams().forEach(root::remove);
        var refusal = losses.refusal();
        return refusal == null
                ? plan("/api/embed", Json.bytes(root), target, losses.notes())
                : new UpstreamPlan.Refused(refusal);
    }

    private static UpstreamPlan plan(String path, byte[] body, Target target, List<String> notes) {
        var base = target.baseUrl();
        var root = base.endsWith(COMPATIBLE) ? base.substring(0, base.length() - COMPATIBLE.length()) : base;
        return new UpstreamPlan.Call(new UpstreamCall(root + path, target.headers(), body, notes));
    }

    /** Its answer where the model has no embeddings, 501, is no failure of the server. */
    @Override
    public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var failure = EmbeddingsOutbound.Passing.super.classify(status, headers, body, now);
        return status == 501
                ? new Failure(FailureKind.REJECTED, failure.message(), status, failure.retryAfterMillis())
                : failure;
    }
}
