package dev.laneway.testkit.server;

import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.Vendor;
import java.util.List;

/** Lists models the way a vendor does, or shows the one that a path names. Any name is a model. */
final class ModelList {
    private ModelList() {}

    static String write(List<String> models, Vendor vendor, String path) {
        int at = path.indexOf("/models/");
        StringBuilder out = new StringBuilder();
        if (at >= 0) {
            return model(out, path.substring(at + 8), vendor).toString();
        }
        out.append(
                switch (vendor) {
                    case OPENAI, BEDROCK, OLLAMA -> "{\"object\":\"list\",\"data\":[";
                    case ANTHROPIC -> "{\"data\":[";
                    case GEMINI -> "{\"models\":[";
                });
        for (int i = 0; i < models.size(); i++) {
            model(out.append(i == 0 ? "" : ","), models.get(i), vendor);
        }
        out.append(']');
        if (vendor == Vendor.ANTHROPIC) {
            out.append(",\"first_id\":").append(Json.quote(models.getFirst()));
            out.append(",\"has_more\":false,\"last_id\":").append(Json.quote(models.getLast()));
        }
        return out.append('}').toString();
    }

    private static StringBuilder model(StringBuilder out, String name, Vendor vendor) {
        return switch (vendor) {
            case OPENAI, BEDROCK, OLLAMA ->
                Json.string(out.append("{\"id\":"), name)
                        .append(",\"object\":\"model\",\"created\":1767225600,\"owned_by\":\"simulator\"}");
            case GEMINI -> {
                Json.string(out.append("{\"name\":"), "models/" + name);
                yield Json.string(out.append(",\"version\":\"1\",\"displayName\":"), name)
                        .append(",\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]}");
            }
            case ANTHROPIC -> {
                Json.string(out.append("{\"type\":\"model\",\"id\":"), name);
                yield Json.string(out.append(",\"display_name\":"), name)
                        .append(",\"created_at\":\"2026-01-01T00:00:00Z\"}");
            }
        };
    }
}
