package dev.laneway.ingress.models;

import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of models as Anthropic's API has it ({@code GET /v1/models}, version 2023-06-01), a page at a time. */
final class AnthropicModels {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1_000;
    private static final String CREATED = "2026-01-01T00:00:00Z";

    private AnthropicModels() {}

    /** A page; null where the limit is no number from 1 to {@value #MAX_LIMIT}. A cursor that names nothing begins at that end. */
    static @Nullable JsonObject page(
            List<Route> routes, @Nullable String limit, @Nullable String afterId, @Nullable String beforeId) {
        int size = limit == null ? DEFAULT_LIMIT : parse(limit);
        if (size < 1 || size > MAX_LIMIT) {
            return null;
        }
        List<String> names = routes.stream().map(Route::name).toList();
        int first;
        int end;
        if (beforeId != null) {
            int before = names.indexOf(beforeId);
            end = before < 0 ? names.size() : before;
            first = Math.max(0, end - size);
        } else {
            first = afterId == null ? 0 : names.indexOf(afterId) + 1;
            end = Math.min(names.size(), first + size);
        }
        List<String> shown = names.subList(first, end);
        boolean more = beforeId != null ? first > 0 : end < names.size();
        JsonArray data = new JsonArray();
        shown.forEach(name -> data.add(one(name)));
        return new JsonObject()
                .put("data", data)
                .put("has_more", more)
                .put("first_id", shown.isEmpty() ? null : shown.getFirst())
                .put("last_id", shown.isEmpty() ? null : shown.getLast());
    }

    static JsonObject one(String name) {
        return new JsonObject()
                .put("type", "model")
                .put("id", name)
                .put("display_name", name)
                .put("created_at", CREATED);
    }

    private static int parse(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
