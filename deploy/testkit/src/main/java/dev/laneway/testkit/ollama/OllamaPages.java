package dev.laneway.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.wire.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What an Ollama server tells of itself and its models. Any name is a model. */
public final class OllamaPages {
    /** As {@code GET /api/version} has it. */
    public static final String VERSION = "{\"version\":\"0.32.15\"}";

    private static final String DETAILS =
            "\"details\":{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\",\"families\":[\"llama\"],"
                    + "\"parameter_size\":\"3.2B\",\"quantization_level\":\"Q4_K_M\"";

    private OllamaPages() {}

    /** {@code GET /api/tags}. */
    public static String tags(List<String> models) {
        StringBuilder out = new StringBuilder("{\"models\":[");
        for (String model : models) {
            name(out.append(out.charAt(out.length() - 1) == '[' ? "" : ","), model);
            out.append(",\"modified_at\":\"2026-01-01T00:00:00Z\",\"size\":2019393189,\"digest\":\"")
                    .append(digest(model));
            out.append("\",").append(DETAILS).append("},\"capabilities\":[\"completion\",\"tools\"]}");
        }
        return out.append("]}").toString();
    }

    /** {@code GET /api/ps}. */
    public static String loaded(Collection<String> models, Instant until) {
        StringBuilder out = new StringBuilder("{\"models\":[");
        for (String model : models) {
            name(out.append(out.charAt(out.length() - 1) == '[' ? "" : ","), model);
            out.append(",\"size\":2019393189,\"digest\":\"")
                    .append(digest(model))
                    .append("\",")
                    .append(DETAILS);
            out.append("},\"expires_at\":\"").append(until).append("\",\"size_vram\":0,\"context_length\":4096}");
        }
        return out.append("]}").toString();
    }

    /** {@code POST /api/show}. */
    public static String show() {
        return "{\"modelfile\":\"# Modelfile\",\"template\":\"{{ .Prompt }}\"," + DETAILS
                + "},\"model_info\":{\"general.architecture\":\"llama\",\"llama.context_length\":131072},"
                + "\"capabilities\":[\"completion\",\"tools\"],\"modified_at\":\"2026-01-01T00:00:00Z\"}";
    }

    /** Whether a request loads a model or unloads it, and asks nothing. */
    public static boolean loads(JsonNode body, String path) {
        return OllamaReader.loads(body, path);
    }

    /** Whether such a request unloads. */
    public static boolean unloads(JsonNode body) {
        return body.path("keep_alive").asText("").matches("0[a-z]*");
    }

    /** What such a request is answered. */
    public static String load(String model, JsonNode body, String path, Instant now) {
        StringBuilder out = new StringBuilder();
        Json.string(out.append("{\"model\":"), model);
        out.append(",\"created_at\":\"").append(now).append('"');
        out.append(
                path.endsWith("/generate")
                        ? ",\"response\":\"\""
                        : ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}");
        return out.append(",\"done\":true,\"done_reason\":\"")
                .append(unloads(body) ? "unload" : "load")
                .append("\"}")
                .toString();
    }

    private static void name(StringBuilder out, String model) {
        String full = model.contains(":") ? model : model + ":latest";
        Json.string(out.append("{\"name\":"), full);
        Json.string(out.append(",\"model\":"), full);
    }

    private static String digest(String model) {
        return "%016x".formatted(Mix.of(model)).repeat(4);
    }
}
