package dev.laneway.ingress.models;

import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The list of models as OpenAI's API has it ({@code GET /v1/models}), with one field of our own, {@code laneway}: what the route is
 * for and how far its requests may go.
 */
final class OpenAiModels {
    /** Routes have no birthday; a fixed one, 2026-01-01, keeps the list the same on every replica. */
    private static final long CREATED = 1_767_225_600;

    private OpenAiModels() {}

    static JsonObject list(List<Route> routes) {
        JsonArray data = new JsonArray();
        routes.forEach(route -> data.add(one(route.name(), route)));
        return new JsonObject().put("object", "list").put("data", data);
    }

    static JsonObject one(String name, Route route) {
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
                                .put("purpose", route.purpose()));
    }
}
