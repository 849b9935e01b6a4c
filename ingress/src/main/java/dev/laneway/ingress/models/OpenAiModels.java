package dev.laneway.ingress.models;

import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * The list of models as OpenAI's API has it ({@code GET /v1/models}), with one field of our own, {@code laneway}: what the route is
 * for, what it answers and how far its requests may go.
 */
final class OpenAiModels {
    /** Routes have no birthday; a fixed one, 2026-01-01, keeps the list the same on every replica. */
    private static final long CREATED = 1_767_225_600;

    private OpenAiModels() {}

    static JsonObject list(List<Route> routes, GatewayConfig config) {
        JsonArray data = new JsonArray();
        routes.forEach(route -> data.add(one(route.name(), route, config)));
        return new JsonObject().put("object", "list").put("data", data);
    }

    static JsonObject one(String name, Route route, GatewayConfig config) {
        return new JsonObject()
                .put("id", name)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "laneway")
                .put(
                        "laneway",
                        new JsonObject()
                                .put("lane", route.lane())
                                .put("privacy", route.privacy().id())
                                .put("zone", route.zone().id())
                                .put("mode", mode(route, config))
                                .put("purpose", route.purpose()));
    }

    /** {@code chat}, {@code completion} or {@code embedding}, as {@code model_info.mode} of the route's first deployment says. */
    private static String mode(Route route, GatewayConfig config) {
        return route.chain().stream()
                .flatMap(hop -> hop.deployments().stream())
                .map(config.deployments()::get)
                .filter(Objects::nonNull)
                .map(deployment -> deployment.modelInfo().mode())
                .findFirst()
                .orElse(ModelInfo.NONE.mode());
    }
}
