package dev.laneway.ingress.keys;

import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is served at an address.
 *
 * @param path with {@code :name} where a part is anything
 */
public record Served(HttpMethod method, String path, Page page) {
    /** Answers a call whose key is valid. */
    @FunctionalInterface
    public interface Page {
        void serve(Asked asked);
    }

    /**
     * A call.
     *
     * @param body empty where there is none
     * @param path the parts of the address that the path leaves open, decoded
     */
    public record Asked(Call call, Caller caller, Buffer body, Map<String, String> path) {
        /** A part of the address. */
        public String part(String name) {
            return Objects.requireNonNull(path.get(name), name);
        }

        /** A parameter; null where it says nothing. */
        public @Nullable String query(String name) {
            String value = call.http().getParam(name);
            return value == null || value.isEmpty() ? null : value;
        }
    }

    static Served get(String path, Page page) {
        return new Served(HttpMethod.GET, path, page);
    }

    static Served post(String path, Page page) {
        return new Served(HttpMethod.POST, path, page);
    }
}
