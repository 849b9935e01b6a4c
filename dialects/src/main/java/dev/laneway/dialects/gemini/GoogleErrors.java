package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.failures.FailureTyper;
import dev.laneway.dialects.failures.RetryAfter;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A {@code google.rpc.Status} as an answer: when to come again is said among its details, {@code RetryInfo}, not in a header; and a
 * wrong key is a 400 whose {@code ErrorInfo} says so.
 */
final class GoogleErrors {
    private GoogleErrors() {}

    static Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var tree = Json.tree(body);
        var root = tree == null ? Json.object() : tree.isArray() ? tree.path(0) : tree;
        var details = root.path("error").path("details");
        var delay = delay(details);
        HeaderLookup with = delay == null
                ? headers
                : name -> {
                    var said = headers.get(name);
                    return said == null && name.equalsIgnoreCase("retry-after") ? delay : said;
                };
        var keyless = status == 400 && isAboutTheKey(details);
        var failure = VendorErrors.classify(keyless ? 401 : status, with, body, now);
        return keyless ? new Failure(failure.kind(), failure.message(), status, failure.retryAfterMillis()) : failure;
    }

    /** An error in a stream, or in an answer that said 200. */
    static Failure inBand(JsonNode root) {
        var error = root.isArray() ? root.path(0) : root;
        var failure = VendorErrors.inBand(error);
        var details = error.path("error").path("details");
        var delay = delay(details);
        var wait = delay == null ? 0 : RetryAfter.millis(name -> name.equals("retry-after") ? delay : null, 0);
        return isAboutTheKey(details)
                ? FailureTyper.failure(401, "", "", "", wait)
                : new Failure(failure.kind(), failure.message(), failure.vendorStatus(), wait);
    }

    /** {@code 34.4s} as the seconds of a header. */
    private static @Nullable String delay(JsonNode details) {
        for (var detail : details) {
            var text = detail.path("retryDelay").asText("");
            if (text.endsWith("s")) {
                return text.substring(0, text.length() - 1);
            }
        }
        return null;
    }

    private static boolean isAboutTheKey(JsonNode details) {
        for (var detail : details) {
            if (detail.path("reason").asText("").startsWith("API_KEY")) {
                return true;
            }
        }
        return false;
    }
}
