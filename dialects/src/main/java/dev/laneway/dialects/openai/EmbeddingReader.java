package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.neutral.EmbeddingRequest;
import dev.laneway.dialects.neutral.EmbeddingRequest.Encoding;
import dev.laneway.dialects.neutral.EmbeddingRequest.Input;
import dev.laneway.dialects.neutral.EmbeddingRequest.Purpose;
import dev.laneway.dialects.neutral.Extras;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CreateEmbeddingRequest} into the neutral model, with what users of LiteLLM add: {@code input_type} (Cohere's and
 * Voyage's) or {@code task_type} (Gemini's). A body that {@link EmbeddingRules} accepted is always readable.
 */
final class EmbeddingReader {
    private EmbeddingReader() {}

    static EmbeddingRequest read(JsonNode root) {
        var fields = new FieldBag(root);
        var purpose = fields.text("input_type");
        var task = fields.text("task_type");
        fields.take("encoding_format");
        return new EmbeddingRequest(
                fields.text("model", ""),
                inputs(fields.take("input")),
                fields.count("dimensions"),
                fields.text("user"),
                purpose(purpose == null ? task : purpose),
                null,
                new Extras(Dialect.OPENAI_EMBEDDINGS, fields.rest()));
    }

    /** How the caller wants numbers, found without reading the inputs. */
    static Encoding encoding(byte[] body) {
        var at = new JsonCursor().reset(body, 0, body.length);
        at.enterObject();
        while (at.nextMember()) {
            if (at.keyIs("encoding_format")) {
                return "base64".equals(at.takeString()) ? Encoding.BASE64 : Encoding.FLOAT;
            }
            at.skipValue();
        }
        return Encoding.FLOAT;
    }

    private static List<Input> inputs(@Nullable JsonNode input) {
        if (input == null || input.isTextual()) {
            return List.of(new Input.Text(input == null ? "" : input.textValue()));
        }
        if (input.path(0).isNumber()) {
            return List.of(tokens(input));
        }
        var inputs = new ArrayList<Input>();
        for (var item : input) {
            inputs.add(item.isArray() ? tokens(item) : new Input.Text(item.asText()));
        }
        return inputs;
    }

    private static Input.Tokens tokens(JsonNode list) {
        var ids = new int[list.size()];
        for (var i = 0; i < ids.length; i++) {
            ids[i] = list.path(i).asInt();
        }
        return new Input.Tokens(ids);
    }

    private static @Nullable Purpose purpose(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "document", "passage", "search_document", "retrieval_document" -> Purpose.DOCUMENT;
            case "query", "search_query", "retrieval_query" -> Purpose.QUERY;
            case "classification" -> Purpose.CLASSIFICATION;
            case "clustering" -> Purpose.CLUSTERING;
            case "semantic_similarity" -> Purpose.SIMILARITY;
            default -> null;
        };
    }
}
