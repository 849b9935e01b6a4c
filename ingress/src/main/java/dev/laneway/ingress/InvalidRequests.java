package dev.laneway.ingress;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Answers what is not HTTP as it should be, in OpenAI's shape, and closes the connection: nothing after it can be trusted. */
final class InvalidRequests implements Handler<HttpServerRequest> {
    @Override
    public void handle(HttpServerRequest http) {
        Throwable cause = http.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            refuse(http, 414, "uri_too_long", "The address of the request is too long.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuse(http, 431, "headers_too_large", "The headers of the request are too large.");
        } else {
            refuse(http, 400, "malformed_http", "The request is not well-formed HTTP.");
        }
    }

    private static void refuse(HttpServerRequest http, int status, String code, String message) {
        JsonObject error = new JsonObject()
                .put("message", message)
                .put("type", "invalid_request_error")
                .putNull("param")
                .put("code", code);
        http.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("connection", "close")
                .end(new JsonObject().put("error", error).encode())
                .onComplete(done -> http.connection().close());
    }
}
