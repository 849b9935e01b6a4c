package dev.laneway.ingress.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP/1 allows to be read in two ways, and the decoder lets through: whoever stands in front may have read it the other way, so
 * nothing after it can be trusted (RFC 9112, sections 3.2 and 6.1; RFC 9110, section 10.1.1).
 */
public final class Framing {
    private static final String CHUNKED = "chunked";
    private static final String CONTINUE = "100-continue";

    private Framing() {}

    /** Why a request can't be taken as it is framed; null where it can. */
    public static @Nullable Refusal fault(HttpServerRequest http) {
        MultiMap headers = http.headers();
        if (http.version() == HttpVersion.HTTP_2) {
            return null; // framed by its own rules, which the codec enforces
        }
        if (headers.getAll(HttpHeaders.HOST).size() > 1 || headers.contains("")) {
            return Refusal.MALFORMED_HTTP;
        }
        String coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase(CHUNKED)) {
            return Refusal.TRANSFER_CODING;
        }
        String expected = headers.get(HttpHeaders.EXPECT);
        boolean askable = expected == null || http.version() == HttpVersion.HTTP_1_0;
        return askable || expected.equalsIgnoreCase(CONTINUE) ? null : Refusal.EXPECTATION;
    }

    /** Whether the client waits to be told to go on; one of HTTP/1.0 would not understand it. */
    static boolean waitsForContinue(HttpServerRequest http) {
        return http.version() != HttpVersion.HTTP_1_0
                && CONTINUE.equalsIgnoreCase(http.headers().get(HttpHeaders.EXPECT));
    }
}
