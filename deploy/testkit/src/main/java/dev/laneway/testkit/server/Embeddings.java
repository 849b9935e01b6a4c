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
 * OpenAI's embeddings: unit vectors that depend on the text alone, 64 numbers unless {@code dimensions} says
 * otherwise, as floats or as base64 of little-endian floats.
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

    /** The answer, unless the request makes no sense. */
    static Optional<String> answer(JsonNode body, String model, LiveCall call) {
        List<String> texts = texts(body.path("input"));
        if (texts.isEmpty() || texts.size() > MOST_INPUTS || texts.contains("")) {
            return Optional.empty();
        }
        int dimensions = Math.clamp(body.path("dimensions").asInt(64), 1, MOST_DIMENSIONS);
        boolean base64 = body.path("encoding_format").asText("float").equals("base64");
        StringBuilder out = new StringBuilder("{\"object\":\"list\",\"data\":[");
        int tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            tokens += Tokens.of(texts.get(i));
            float[] vector = vector(texts.get(i), dimensions);
            out.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i);
            out.append(",\"embedding\":")
                    .append(base64 ? '"' + base64(vector) + '"' : floats(vector))
                    .append('}');
        }
        call.due(new Usage(tokens, 0, 0, 0, 0));
        Json.string(out.append("],\"model\":"), model);
        out.append(",\"usage\":{\"prompt_tokens\":").append(tokens);
        return Optional.of(
                out.append(",\"total_tokens\":").append(tokens).append("}}").toString());
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
