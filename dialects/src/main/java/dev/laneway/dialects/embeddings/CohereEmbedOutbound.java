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
import org.jspecify.annotations.Nullable;

/**
 * Cohere's {@code POST /v2/embed}. Its OpenAI-compatible address knows neither lengths of vectors nor what they are for ("Unsupported
 * parameters" of its Compatibility API), and the latter makes other vectors.
 */
public final class CohereEmbedOutbound implements EmbeddingsOutbound {
    private static final AnswerShape SHAPE =
            new AnswerShape(Set.of("embeddings.float.*"), "", "", "meta.billed_units.input_tokens");

    /** Texts that one request may have. */
    public static final int MOST_TEXTS = 96;

    private static final String COMPATIBLE = "/compatibility/v1";

    @Override
    public VendorDialect id() {
        return VendorOnlyDialect.COHERE_EMBED;
    }

    @Override
    public AnswerShape shape() {
        return SHAPE;
    }

    @Override
    public UpstreamPlan call(EmbeddingRequest request, Target target) {
        var losses = new Losses();
        var root = Json.object().put("model", target.model());
        var texts = root.putArray("texts");
        for (var input : request.inputs()) {
            switch (input) {
                case Input.Text(var text) -> texts.add(text);
                case Input.Tokens _ -> losses.refuse("This vendor takes texts, not tokens.");
            }
        }
        if (texts.size() > MOST_TEXTS) {
            losses.refuse("This vendor takes at most " + MOST_TEXTS + " inputs a request.");
        }
        root.put("input_type", inputType(request.purpose(), losses));
        root.putArray("embedding_types").add("float");
        root.put("truncate", Boolean.TRUE.equals(request.truncate()) ? "END" : "NONE");
        if (request.dimensions() != null) {
            root.put("output_dimension", request.dimensions());
        }
        if (request.user() != null) {
            losses.dropped("user", "Cohere has no such field");
        }
        request.extras().fields().keySet().forEach(name -> losses.dropped(name, "Cohere has no such field"));
        target.policy().dropParams().forEach(root::remove);
        var refusal = losses.refusal();
        return refusal == null
                ? new UpstreamPlan.Call(
                        new UpstreamCall(url(target.baseUrl()), target.headers(), Json.bytes(root), losses.notes()))
                : new UpstreamPlan.Refused(refusal);
    }

    /** Cohere must be told what vectors are for. */
    public static String inputType(@Nullable Purpose purpose, Losses losses) {
        return switch (purpose) {
            case null -> {
                losses.approximated("input_type", "as search_document, for want of one");
                yield "search_document";
            }
            case DOCUMENT -> "search_document";
            case QUERY -> "search_query";
            case CLASSIFICATION -> "classification";
            case CLUSTERING -> "clustering";
            case SIMILARITY -> {
                losses.approximated("input_type", "as clustering");
                yield "clustering";
            }
        };
    }

    private static String url(String base) {
        if (base.endsWith("/embed")) {
            return base;
        }
        var root = base;
        for (var version : new String[] {COMPATIBLE, "/v1", "/v2"}) {
            root = root.endsWith(version) ? root.substring(0, root.length() - version.length()) : root;
        }
        return root + "/v2/embed";
    }
}
