package dev.laneway.testkit.wire;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request says outside its body.
 *
 * @param path without the query
 * @param headers as they came
 * @param bodyBytes the body's size
 */
public record RequestHead(String path, MultiMap headers, int bodyBytes) {
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
