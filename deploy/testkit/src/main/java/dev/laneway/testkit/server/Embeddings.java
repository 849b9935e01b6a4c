package dev.laneway.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.answers.Tokens;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.VendorError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Embeddings: unit vectors that depend on the text alone, 64 numbers unless {@code dimensions} says otherwise. In OpenAI's form as
 * floats or as base64 of little-endian floats, in Ollama's two forms, or in those of Titan and Cohere behind Bedrock.
 */
final class Embeddings {
    private static final int MOST_INPUTS = 2048;
    private static final int MOST_DIMENSIONS = 4096;

    private Embeddings() {}

    static VendorError refusal() {
        return new VendorError(
                400,
                "invalid_request_error",
                "invalid_value",
                "input",
                "Invalid 'input': expected a non-empty string, an array of up to 2048 strings, or arrays of tokens.");
    }

    /** How embeddings are asked for and told. */
    enum Form {
        OPENAI("input"),
        OLLAMA("input"),
        OLLAMA_OLD("prompt"),
        TITAN("inputText"),
        BEDROCK_COHERE("texts");

        private final String field;

        Form(String field) {
            this.field = field;
        }
    }

    static Optional<Form> form(Target target, JsonNode body) {
        return switch (target) {
            case EMBEDDINGS -> Optional.of(Form.OPENAI);
            case OLLAMA_EMBED -> Optional.of(Form.OLLAMA);
            case OLLAMA_EMBEDDINGS -> Optional.of(Form.OLLAMA_OLD);
            case INVOKE -> Optional.of(body.has("texts") ? Form.BEDROCK_COHERE : Form.TITAN);
            case CHAT,
                    RESPONSES,
                    COMPLETIONS,
                    MESSAGES,
                    COUNT_TOKENS,
                    RAW_PREDICT,
                    STREAM_RAW_PREDICT,
                    CONVERSE,
                    CONVERSE_STREAM,
                    MODELS,
                    OLLAMA_CHAT,
                    OLLAMA_GENERATE,
                    OLLAMA_SHOW,
                    OLLAMA_TAGS,
                    OLLAMA_LOADED,
                    OLLAMA_VERSION,
                    GENERATE,
                    STREAM_GENERATE,
                    COUNT_CONTENT,
                    UNKNOWN -> Optional.empty();
        };
    }

    /** The answer, unless the request makes no sense. */
    static Optional<String> answer(JsonNode body, String model, LiveCall call, Form form) {
        List<String> texts = texts(body.path(form.field));
        if (texts.isEmpty() || texts.size() > MOST_INPUTS || texts.contains("")) {
            return Optional.empty();
        }
        int dimensions = Math.clamp(body.path("dimensions").asInt(64), 1, MOST_DIMENSIONS);
        boolean base64 = body.path("encoding_format").asText("float").equals("base64");
        List<String> vectors = new ArrayList<>();
        int tokens = 0;
        for (String text : texts) {
            tokens += Tokens.of(text);
            float[] vector = vector(text, dimensions);
            vectors.add(base64 && form == Form.OPENAI ? '"' + base64(vector) + '"' : floats(vector));
        }
        // some forms tell no usage, and what isn't told can't be compared
        boolean told = form != Form.OLLAMA_OLD && form != Form.BEDROCK_COHERE;
        call.due(new Usage(told ? tokens : 0, 0, 0, 0, 0));
        return Optional.of(
                switch (form) {
                    case OPENAI -> openAi(vectors, model, tokens);
                    case OLLAMA ->
                        Json.string(new StringBuilder("{\"model\":"), model)
                                .append(",\"embeddings\":[")
                                .append(String.join(",", vectors))
                                .append(
                                        "],\"total_duration\":14143917,\"load_duration\":1019500,\"prompt_eval_count\":")
                                .append(tokens)
                                .append('}')
                                .toString();
                    case OLLAMA_OLD -> "{\"embedding\":" + vectors.getFirst() + "}";
                    case TITAN ->
                        "{\"embedding\":" + vectors.getFirst() + ",\"embeddingsByType\":{\"float\":"
                                + vectors.getFirst() + "},\"inputTextTokenCount\":" + tokens + "}";
                    case BEDROCK_COHERE ->
                        "{\"id\":\"5a1\",\"response_type\":\"embeddings_floats\",\"embeddings\":["
                                + String.join(",", vectors) + "],\"texts\":" + body.path("texts") + "}";
                });
    }

    private static String openAi(List<String> vectors, String model, int tokens) {
        StringBuilder out = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < vectors.size(); i++) {
            out.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i);
            out.append(",\"embedding\":").append(vectors.get(i)).append('}');
        }
        Json.string(out.append("],\"model\":"), model);
        out.append(",\"usage\":{\"prompt_tokens\":").append(tokens);
        return out.append(",\"total_tokens\":").append(tokens).append("}}").toString();
    }

    private static List<String> texts(JsonNode input) {
        if (input.isTextual()) {
            return List.of(input.asText());
        }
        if (input.path(0).isIntegralNumber()) {
            return List.of(input.toString());
        }
        List<String> texts = new ArrayList<>();
        input.forEach(text -> texts.add(text.isTextual() ? text.asText() : text.toString()));
        return texts;
    }

    private static float[] vector(String text, int dimensions) {
        long bits = Mix.of(text);
        double[] raw = new double[dimensions];
        double square = 0;
        for (int i = 0; i < dimensions; i++) {
            raw[i] = Mix.gaussian(Mix.of(bits, i));
            square += raw[i] * raw[i];
        }
        float[] unit = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            unit[i] = (float) (raw[i] / Math.sqrt(square));
        }
        return unit;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String floats(float[] vector) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < vector.length; i++) {
            out.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return out.append(']').toString();
    }
}
