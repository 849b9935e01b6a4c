package dev.laneway.ingress.http;

import io.vertx.core.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names and fixed values of response headers, made once. */
public final class HeaderNames {
    public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
    /** What Anthropic's SDKs read. */
    public static final CharSequence ANTHROPIC_REQUEST_ID = HttpHeaders.createOptimized("request-id");

    public static final CharSequence ROUTE = HttpHeaders.createOptimized("x-laneway-route");
    public static final CharSequence LANE = HttpHeaders.createOptimized("x-laneway-lane");
    public static final CharSequence ZONE = HttpHeaders.createOptimized("x-laneway-zone");
    public static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-laneway-attempts");
    public static final CharSequence FALLBACKS = HttpHeaders.createOptimized("x-laneway-fallbacks");
    public static final CharSequence LITELLM_CALL_ID = HttpHeaders.createOptimized("x-litellm-call-id");
    public static final CharSequence LITELLM_MODEL_ID = HttpHeaders.createOptimized("x-litellm-model-id");
    public static final CharSequence LITELLM_MODEL_GROUP = HttpHeaders.createOptimized("x-litellm-model-group");
    public static final CharSequence LITELLM_RETRIES = HttpHeaders.createOptimized("x-litellm-attempted-retries");
    public static final CharSequence LITELLM_FALLBACKS = HttpHeaders.createOptimized("x-litellm-attempted-fallbacks");

    public static final CharSequence LIMIT_REQUESTS = HttpHeaders.createOptimized("x-ratelimit-limit-requests");
    public static final CharSequence LIMIT_TOKENS = HttpHeaders.createOptimized("x-ratelimit-limit-tokens");

    /** On an answer that was given before, to the same key. */
    public static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotent-replayed");

    /** What OpenAI's and Anthropic's SDKs go by, whatever the status is. */
    public static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");

    public static final CharSequence FALSE = HttpHeaders.createOptimized("false");

    public static final CharSequence CONTENT_LENGTH = HttpHeaders.CONTENT_LENGTH;
    public static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
    public static final CharSequence RETRY_AFTER = HttpHeaders.RETRY_AFTER;
    public static final CharSequence CONNECTION = HttpHeaders.CONNECTION;
    public static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    public static final CharSequence CACHE_CONTROL = HttpHeaders.CACHE_CONTROL;
    public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    /** Tells nginx to hand on each frame at once. */
    public static final CharSequence ACCEL_BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");

    public static final CharSequence NO = HttpHeaders.createOptimized("no");
    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private static final CharSequence[] SMALL = new CharSequence[32];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = HttpHeaders.createOptimized(Integer.toString(i));
        }
    }

    private HeaderNames() {}

    /** A text as a header's value: percent-encoded where it is not of printable ASCII alone. */
    public static String text(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            }
        }
        return value;
    }

    /** A number as a header's value. */
    public static CharSequence number(int value) {
        return value >= 0 && value < SMALL.length ? SMALL[value] : Integer.toString(value);
    }
}
