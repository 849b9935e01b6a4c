package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.EmbeddingsOutbound;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import dev.laneway.dialects.neutral.EmbeddingRequest.Purpose;
import java.util.Set;

/**
 * The Gemini API's {@code POST /v1beta/models/M:batchEmbedContents}: a request of its own for each input, at most 100 of them. Vertex
 * AI has another.
 */
public final class GeminiEmbedOutbound implements EmbeddingsOutbound {
    private static final AnswerShape SHAPE =
            new AnswerShape(Set.of("embeddings.*.values"), "", "", "usageMetadata.promptTokenCount");

    private static final int MOST_INPUTS = 100;
    private static final String MODELS = "models/";

    @Override
    public VendorDialect id() {
        return VendorOnlyDialect.GEMINI_EMBED;
    }

    @Override
    public AnswerShape shape() {
        return SHAPE;
    }

    @Override
    public UpstreamPlan call(EmbeddingRequest request, Target target) {
        var losses = new Losses();
        var model = target.model().startsWith(MODELS) ? target.model() : MODELS + target.model();
        var root = Json.object();
        var requests = root.putArray("requests");
        for (var input : request.inputs()) {
            var each = requests.addObject().put("model", model);
            switch (input) {
                case Input.Text(var text) ->
                    each.putObject("content").putArray("parts").addObject().put("text", text);
                case Input.Tokens _ -> losses.refuse("This vendor takes texts, not tokens.");
            }
            if (request.purpose() != null) {
                each.put("taskType", taskType(request.purpose()));
            }
            if (request.dimensions() != null) {
                each.put("outputDimensionality", request.dimensions());
            }
        }
        if (requests.size() > MOST_INPUTS) {
            losses.refuse("This vendor takes at most " + MOST_INPUTS + " inputs a request.");
        }
        if (request.user() != null) {
            losses.dropped("user", "Gemini has no such field");
        }
        if (request.truncate() != null) {
            losses.dropped("truncate", "Gemini has no such field");
        }
        request.extras().fields().keySet().forEach(name -> losses.dropped(name, "Gemini has no such field"));
        var refusal = losses.refusal();
        return refusal == null
                ? new UpstreamPlan.Call(new UpstreamCall(
                        url(target.baseUrl(), model), target.headers(), Json.bytes(root), losses.notes()))
                : new UpstreamPlan.Refused(refusal);
    }

    private static String taskType(Purpose purpose) {
        return switch (purpose) {
            case DOCUMENT -> "RETRIEVAL_DOCUMENT";
            case QUERY -> "RETRIEVAL_QUERY";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
            case SIMILARITY -> "SEMANTIC_SIMILARITY";
        };
    }

    private static String url(String base, String model) {
        var versioned = base.matches(".*/v\\d+[a-z0-9]*") ? base : base + "/v1beta";
        return versioned + "/" + model + ":batchEmbedContents";
    }
}
