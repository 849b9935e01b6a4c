package dev.laneway.ingress.ollama;

import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route as Ollama's API shows a model. What a server says of a file has no meaning here, and is empty or 0; the digest is that of the
 * name. What the route can do is what the deployments of its first hop are said to be able to.
 */
final class ModelCard {
    /** Routes have no birthday. */
    private static final String MODIFIED = "2026-01-01T00:00:00Z";

    private final String name;
    private final List<Deployment> first;

    ModelCard(String name, Route route, GatewayConfig config) {
        this.name = name;
        this.first = route.chain().getFirst().deployments().stream()
                .map(config.deployments()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** As {@code GET /api/tags} lists it. */
    JsonObject listed() {
        return new JsonObject()
                .put("name", name)
                .put("model", name)
                .put("modified_at", MODIFIED)
                .put("size", 0)
                .put("digest", digest())
                .put("details", details())
                .put("capabilities", capabilities());
    }

    /** As {@code POST /api/show} shows it. */
    JsonObject shown() {
        JsonObject info = new JsonObject().put("general.architecture", "laneway");
        Integer window = window();
        if (window != null) {
            info.put("laneway.context_length", window);
        }
        return new JsonObject()
                .put("modelfile", "")
                .put("parameters", "")
                .put("template", "")
                .put("details", details())
                .put("model_info", info)
                .put("capabilities", capabilities())
                .put("modified_at", MODIFIED);
    }

    private static JsonObject details() {
        return new JsonObject()
                .put("parent_model", "")
                .put("format", "")
                .put("family", "laneway")
                .put("families", new JsonArray().add("laneway"))
                .put("parameter_size", "")
                .put("quantization_level", "");
    }

    /** The smallest one of those that are stated. */
    private @Nullable Integer window() {
        return first.stream()
                .map(deployment -> deployment.modelInfo().maxInputTokens())
                .filter(Objects::nonNull)
                .min(Integer::compare)
                .orElse(null);
    }

    private JsonArray capabilities() {
        if (!first.isEmpty()
                && first.stream().allMatch(each -> each.modelInfo().mode().equals("embedding"))) {
            return new JsonArray().add("embedding");
        }
        JsonArray can = new JsonArray().add("completion");
        if (first.stream().noneMatch(each -> each.modelInfo().lacks().contains("function_calling"))) {
            can.add("tools");
        }
        if (all("vision")) {
            can.add("vision");
        }
        if (all("reasoning")) {
            can.add("thinking");
        }
        return can;
    }

    private boolean all(String capability) {
        return !first.isEmpty()
                && first.stream()
                        .map(Deployment::modelInfo)
                        .map(ModelInfo::supports)
                        .allMatch(supports -> supports.contains(capability));
    }

    private String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
