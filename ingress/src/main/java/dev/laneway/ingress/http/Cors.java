package dev.laneway.ingress.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Browsers of any origin may call: a key in a header is what admits, and no cookie is ever read, so an origin proves nothing here.
 */
public final class Cors implements Handler<RoutingContext> {
    private static final String ONE_DAY = "86400";

    /** Answers a preflight, whatever it asks for. */
    @Override
    public void handle(RoutingContext context) {
        MultiMap asked = context.request().headers();
        HttpServerResponse response = context.response().setStatusCode(204);
        allow(context.request(), response);
        String wanted = asked.get("access-control-request-headers");
        response.putHeader("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                .putHeader("access-control-allow-headers", wanted == null ? "*" : wanted)
                .putHeader("access-control-max-age", ONE_DAY)
                .end();
    }

    /** What a browser needs to see to show the response to its page. */
    static void allow(HttpServerRequest request, HttpServerResponse response) {
        if (request.headers().contains("origin")) {
            response.putHeader("access-control-allow-origin", "*").putHeader("access-control-expose-headers", "*");
        }
    }
}
