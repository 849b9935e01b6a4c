package dev.laneway.ingress.call;

import dev.laneway.contracts.Reply;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.HeaderNames;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Set;

/** The headers of answers: Laneway's own, and those that LiteLLM's users read. */
final class AnswerHeaders {
    /** A worker can't set these: they are HTTP's, or ours. */
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "server",
            "set-cookie",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** In the names of headers that tell what is left of a limit: the vendor's are not shown beside ours. */
    private static final String RATE_LIMIT = "ratelimit-";

    private AnswerHeaders() {}

    /** Those that are known before an answer is: which request, route and lane. */
    static void known(Call call, String model, RouteCard card) {
        known(call, model, card.route().lane());
    }

    /** The same of a request that is known by its facts. */
    static void known(Call call, String model, String lane) {
        HttpServerResponse response = call.response();
        call.commonHeaders();
        String name = HeaderNames.text(model);
        response.putHeader(HeaderNames.ROUTE, name)
                .putHeader(HeaderNames.LANE, lane)
                .putHeader(HeaderNames.LITELLM_CALL_ID, call.id())
                .putHeader(HeaderNames.LITELLM_MODEL_GROUP, name);
    }

    /** Those that tell where an answer comes from, and what the worker added. */
    static void answered(HttpServerResponse response, Reply.Head head) {
        boolean ours = response.headers().contains(HeaderNames.LIMIT_REQUESTS)
                || response.headers().contains(HeaderNames.LIMIT_TOKENS);
        counted(response, head.attempts(), head.fallbacks());
        response.putHeader(HeaderNames.CONTENT_TYPE, head.contentType())
                .putHeader(HeaderNames.ZONE, head.zone().id())
                .putHeader(HeaderNames.LITELLM_MODEL_ID, head.deployment());
        for (Map.Entry<String, String> header : head.headers().entrySet()) {
            if (allowed(header.getKey(), header.getValue())
                    && !(ours && header.getKey().contains(RATE_LIMIT))) {
                response.putHeader(header.getKey(), header.getValue());
            }
        }
    }

    /** Those that tell how many calls it took, where that is known; retries are calls to a hop that had failed before. */
    static void counted(HttpServerResponse response, int attempts, int fallbacks) {
        if (attempts == Answer.UNKNOWN) {
            return;
        }
        int retries = Math.max(0, attempts - 1 - fallbacks);
        response.putHeader(HeaderNames.ATTEMPTS, HeaderNames.number(attempts))
                .putHeader(HeaderNames.FALLBACKS, HeaderNames.number(fallbacks))
                .putHeader(HeaderNames.LITELLM_RETRIES, HeaderNames.number(retries))
                .putHeader(HeaderNames.LITELLM_FALLBACKS, HeaderNames.number(fallbacks));
    }

    /** Those of a stream: nothing between here and the client may hold it back. */
    static void streamed(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader(HeaderNames.CACHE_CONTROL, HeaderNames.NO_CACHE)
                .putHeader(HeaderNames.ACCEL_BUFFERING, HeaderNames.NO);
    }

    private static boolean allowed(String name, String value) {
        return !OURS.contains(name)
                && printable(name)
                && !name.contains(":")
                && !name.contains(" ")
                && printable(value);
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
