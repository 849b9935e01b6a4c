package dev.laneway.ingress.models;

import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of models as Gemini's API has it ({@code GET /v1beta/models}), a page at a time; a token is the name behind it. */
final class GeminiModels {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;

    private GeminiModels() {}

    /** A page; null where its size is no number from 1. A token that names nothing begins at the front. */
    static @Nullable JsonObject page(List<Route> routes, @Nullable String pageSize, @Nullable String token) {
        int size = pageSize == null ? DEFAULT_SIZE : Math.min(parse(pageSize), MAX_SIZE);
        if (size < 1) {
            return null;
        }
        List<String> names = routes.stream().map(Route::name).toList();
        int first = token == null ? 0 : Math.max(0, names.indexOf(token));
        int end = Math.min(names.size(), first + size);
        JsonArray models = new JsonArray();
        routes.subList(first, end).forEach(route -> models.add(one(route, route.name())));
        JsonObject page = new JsonObject().put("models", models);
        return end == names.size() ? page : page.put("nextPageToken", names.get(end));
    }

    static JsonObject one(Route route, String name) {
        JsonObject model = new JsonObject()
                .put("name", "models/" + name)
                .put("version", "1")
                .put("displayName", name);
        if (route.purpose() != null) {
            model.put("description", route.purpose());
        }
        return model.put(
                "supportedGenerationMethods",
                new JsonArray()
                        .add("generateContent")
                        .add("streamGenerateContent")
                        .add("countTokens"));
    }

    private static int parse(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
