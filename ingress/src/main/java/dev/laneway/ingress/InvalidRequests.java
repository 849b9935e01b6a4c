package dev.laneway.ingress;

import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is not HTTP as it should be, and closes the connection: nothing after it can be trusted. */
final class InvalidRequests implements Handler<HttpServerRequest> {
    private final FrontDoor door;

    InvalidRequests(FrontDoor door) {
        this.door = door;
    }

    @Override
    public void handle(HttpServerRequest http) {
        refuse(http, reason(http.decoderResult().cause()));
    }

    /** Answers one that can be read in two ways. */
    void refuse(HttpServerRequest http, Refusal reason) {
        Call call = Call.begin(http, HttpRoutes.dialectOf(http));
        http.response().putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE);
        door.refuse(call, Rejection.of(reason, call));
        http.connection().close();
    }

    private static Refusal reason(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Refusal.URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? Refusal.HEADERS_TOO_LARGE : Refusal.MALFORMED_HTTP;
    }
}
