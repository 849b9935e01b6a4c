package dev.laneway.ingress.http;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.RequestIds;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.limits.Spread;
import dev.laneway.runtime.clock.SteadyClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * One HTTP call, and how its client speaks. Used on the event loop of its connection.
 *
 * @param http the request
 * @param dialect what errors and answers are worded in
 * @param id the request id, whether or not the call becomes a request
 * @param startedAt epoch milliseconds
 * @param startedNanos of the monotonic clock
 */
public record Call(HttpServerRequest http, CallerDialect dialect, String id, long startedAt, long startedNanos) {
    /** A call that begins now. */
    public static Call begin(HttpServerRequest http, CallerDialect dialect) {
        long now = SteadyClock.ofProcess().getAsLong();
        return new Call(http, dialect, RequestIds.next(now), now, System.nanoTime());
    }

    /** The same call, answered for an earlier request. */
    public Call as(String requestId) {
        return new Call(http, dialect, requestId, startedAt, startedNanos);
    }

    public HttpServerResponse response() {
        return http.response();
    }

    /** Sets what every response has. */
    public void commonHeaders() {
        HttpServerResponse response = http.response();
        response.putHeader(HeaderNames.REQUEST_ID, id);
        if (dialect.id() == Dialect.ANTHROPIC_MESSAGES) {
            response.putHeader(HeaderNames.ANTHROPIC_REQUEST_ID, id);
        }
        Cors.allow(http, response);
    }

    /**
     * Ends the call with an error in its dialect; does nothing where the client is gone or answered.
     *
     * @param retryAfterMillis for 429 and 503, which always say when to come again; where there is nothing to go by, 0, in one to
     *     three seconds, not everybody at once
     */
    public void fail(ClientError error, long retryAfterMillis) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        commonHeaders();
        response.setStatusCode(error.status()).putHeader(HeaderNames.CONTENT_TYPE, HeaderNames.JSON);
        if (error.status() == 429 || error.status() == 503) {
            long millis = retryAfterMillis > 0 ? retryAfterMillis : Spread.from(0);
            response.putHeader(HeaderNames.RETRY_AFTER, Long.toString((millis + 999) / 1_000));
        }
        if (ClientError.INSUFFICIENT_QUOTA.equals(error.type())) {
            // SDKs would ask again at once, and in vain
            response.putHeader(HeaderNames.SHOULD_RETRY, HeaderNames.FALSE);
        }
        if (error.status() == 401) {
            response.putHeader("www-authenticate", "Bearer");
        }
        end(http, dialect.errorBody(error));
    }

    /** Gives the client up: ends its response in the middle, and the connection where that is the only way. */
    public void abort() {
        if (http.version() == HttpVersion.HTTP_2) {
            http.response().reset();
        } else {
            Wire.cut(http.connection());
        }
    }

    /** Ends the call with a JSON answer. */
    public void json(int status, byte[] body) {
        commonHeaders();
        response().setStatusCode(status).putHeader(HeaderNames.CONTENT_TYPE, HeaderNames.JSON);
        end(http, body);
    }

    /** Ends a response with a body, which a HEAD only learns the length of: over HTTP/2, Vert.x would send it all the same. */
    public static void end(HttpServerRequest http, byte[] body) {
        if (http.method().equals(HttpMethod.HEAD)) {
            http.response()
                    .putHeader(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                    .end();
        } else {
            http.response().end(Buffer.buffer(body));
        }
    }
}
