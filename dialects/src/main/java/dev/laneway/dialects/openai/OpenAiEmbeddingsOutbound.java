package dev.laneway.dialects.openai;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.EmbeddingsOutbound;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.embeddings.AnswerShape;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import dev.laneway.dialects.providers.Quirk;
import java.util.List;
import java.util.Set;

/**
 * Vendors that have OpenAI's {@code /embeddings}. Those that are not known to take {@code base64} are not asked for it: it is made
 * here.
 */
public final class OpenAiEmbeddingsOutbound implements EmbeddingsOutbound.Passing {
    private static final AnswerShape SHAPE =
            new AnswerShape(Set.of("data.*.embedding"), "data.*.index", "model", "usage.prompt_tokens");

    @Override
    public Dialect id() {
        return Dialect.OPENAI_EMBEDDINGS;
    }

    @Override
    public AnswerShape shape() {
        return SHAPE;
    }

    @Override
    public UpstreamPlan passThrough(byte[] body, Target target) {
        var splicer = new EmbeddingSplicer(body, target);
        var spliced = splicer.apply();
        return spliced == null
                ? new UpstreamPlan.Refused(Failure.of(FailureKind.REJECTED, "The body could not be read as JSON."))
                : plan(spliced, target, splicer.notes());
    }

    @Override
    public UpstreamPlan call(EmbeddingRequest request, Target target) {
        var losses = new Losses();
        var root = Json.object().put("model", target.model());
        var inputs = root.putArray("input");
        for (var input : request.inputs()) {
            switch (input) {
                case Input.Text(var text) -> inputs.add(text);
                case Input.Tokens(var ids) -> {
                    var tokens = inputs.addArray();
                    for (var id : ids) {
                        tokens.add(id);
                    }
                }
            }
        }
        if (request.dimensions() != null) {
            root.put("dimensions", request.dimensions());
        }
        if (request.user() != null && target.provider().quirks().contains(Quirk.NO_USER)) {
            losses.dropped("user", "the vendor does not take it");
        } else if (request.user() != null) {
            root.put("user", request.user());
        }
        if (request.purpose() != null) {
            losses.dropped("input_type", "OpenAI's embeddings have no such field");
        }
        if (Boolean.TRUE.equals(request.truncate())) {
            losses.dropped("truncate", "an input that is too long is refused");
        }
        request.extras()
                .fields()
                .keySet()
                .forEach(name -> losses.dropped(name, "OpenAI's embeddings have no such field"));
        for (var name : target.policy().dropParams()) {
            if (root.remove(name) != null) {
                losses.dropped(name, "by the operator's policy");
            }
        }
        return plan(Json.bytes(root), target, losses.notes());
    }

    private static UpstreamPlan plan(byte[] body, Target target, List<String> notes) {
        var azure = target.provider().quirks().contains(Quirk.AZURE_PATHS);
        var url = azure ? AzureUrl.of(target, "/embeddings") : target.baseUrl() + "/embeddings";
        return new UpstreamPlan.Call(new UpstreamCall(url, target.headers(), body, notes));
    }
}
