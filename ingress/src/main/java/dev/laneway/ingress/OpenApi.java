package dev.laneway.ingress;

import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.HeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.json}: what is served, as OpenAPI 3.1 has it. */
final class OpenApi {
    private static final byte[] DOCUMENT = read();

    private OpenApi() {}

    static void answer(HttpServerRequest http) {
        http.response().putHeader(HeaderNames.CONTENT_TYPE, HeaderNames.JSON);
        Call.end(http, DOCUMENT);
    }

    private static byte[] read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
