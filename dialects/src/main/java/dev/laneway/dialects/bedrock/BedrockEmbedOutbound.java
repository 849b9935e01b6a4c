package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.EmbeddingsOutbound;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.embeddings.AnswerShape;
import dev.laneway.dialects.embeddings.CohereEmbedOutbound;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Models behind Bedrock's InvokeModel ({@code POST /model/ID/invoke}) that make vectors, each make with a body of its own: Amazon's Titan
 * Text Embeddings, one text a call, and Cohere's Embed v3 and v4, by the user guide's pages on their parameters. Cohere's answers tell no
 * usage.
 */
public final class BedrockEmbedOutbound implements EmbeddingsOutbound {
    private static final AnswerShape SHAPE =
            new AnswerShape(Set.of("embedding", "embeddings.*", "embeddings.float.*"), "", "", "inputTextTokenCount");

    @Override
    public VendorDialect id() {
        return VendorOnlyDialect.BEDROCK_EMBED;
    }

    @Override
    public AnswerShape shape() {
        return SHAPE;
    }

    @Override
    public UpstreamPlan call(EmbeddingRequest request, Target target) {
        var losses = new Losses();
        var body = Json.object();
        var model = BedrockModel.id(target.model()).toLowerCase(Locale.ROOT);
        var texts = texts(request, losses);
        if (model.contains("titan-embed")) {
            titan(request, texts, !model.contains("v1"), body, losses);
        } else if (model.contains("cohere.embed")) {
            cohere(request, texts, body, losses);
        } else {
            losses.refuse("This model makes no embeddings, or none that are known here.");
        }
        if (request.user() != null) {
            losses.dropped("user", "Bedrock has no such field");
        }
        request.extras().fields().keySet().forEach(name -> losses.dropped(name, "Bedrock has no such field"));
        target.policy().dropParams().forEach(body::remove);
        var refusal = losses.refusal();
        return refusal == null
                ? new UpstreamPlan.Call(new UpstreamCall(
                        BedrockModel.url(target, "invoke"), target.headers(), Json.bytes(body), losses.notes()))
                : new UpstreamPlan.Refused(refusal);
    }

    private static List<String> texts(EmbeddingRequest request, Losses losses) {
        var texts = new ArrayList<String>();
        for (var input : request.inputs()) {
            switch (input) {
                case Input.Text(var text) -> texts.add(text);
                case Input.Tokens _ -> losses.refuse("This vendor takes texts, not tokens.");
            }
        }
        return texts;
    }

    private static void titan(
            EmbeddingRequest request, List<String> texts, boolean takesLength, ObjectNode body, Losses losses) {
        if (request.inputs().size() > 1) {
            losses.refuse("This model takes one input a request.");
        }
        body.put("inputText", String.join("", texts));
        if (request.dimensions() != null && takesLength) {
            body.put("dimensions", request.dimensions());
        } else if (request.dimensions() != null) {
            losses.refuse("This model's vectors have one length: dimensions can't be set.");
        }
        if (request.purpose() != null) {
            losses.dropped("input_type", "Titan has no such field");
        }
        if (request.truncate() != null) {
            losses.dropped("truncate", "Titan has no such field");
        }
    }

    private static void cohere(EmbeddingRequest request, List<String> texts, ObjectNode body, Losses losses) {
        if (texts.size() > CohereEmbedOutbound.MOST_TEXTS) {
            losses.refuse("This vendor takes at most " + CohereEmbedOutbound.MOST_TEXTS + " inputs a request.");
        }
        texts.forEach(body.putArray("texts")::add);
        body.put("input_type", CohereEmbedOutbound.inputType(request.purpose(), losses));
        body.put("truncate", Boolean.TRUE.equals(request.truncate()) ? "END" : "NONE");
        if (request.dimensions() != null) {
            body.put("output_dimension", request.dimensions());
        }
    }

    @Override
    public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        return Errors.classify(status, headers, body, now);
    }
}
