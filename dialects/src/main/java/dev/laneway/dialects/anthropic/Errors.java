package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.failures.FailureTyper;
import dev.laneway.dialects.failures.RetryAfter;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import java.nio.charset.StandardCharsets;

/** {@code {"type":"error","error":{type,message},"request_id"}}. */
final class Errors {
    private static final int WORDS_OF_NO_JSON = 300;

    private Errors() {}

    static Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var wait = RetryAfter.millis(headers, now);
        var root = Json.tree(body);
        if (root == null || !root.isObject()) {
            var text = new String(body, 0, Math.min(body.length, WORDS_OF_NO_JSON), StandardCharsets.UTF_8);
            var page = text.stripLeading().startsWith("<");
            return FailureTyper.failure(status, "", "", page ? "" : text, wait);
        }
        var error = root.path("error");
        return FailureTyper.failure(
                status, error.path("type").asText(""), "", error.path("message").asText(error.asText("")), wait);
    }

    /** An error in a stream, or in an answer that said 200. */
    static Failure inBand(JsonNode root) {
        var error = root.path("error");
        return FailureTyper.failure(
                0, error.path("type").asText(""), "", error.path("message").asText(""), 0);
    }

    static byte[] body(ClientError error) {
        var text = new ByteText(256);
        write(error, text);
        return text.take();
    }

    /** Anthropic's SDKs raise an {@code error} event; no {@code message_stop} follows. */
    static byte[] frames(ClientError error) {
        var text = new ByteText(256).ascii("event: error\ndata: ");
        write(error, text);
        return text.ascii("\n\n").take();
    }

    private static void write(ClientError error, ByteText to) {
        var path = error.param();
        to.ascii("{\"type\":\"error\",\"error\":{\"type\":").quoted(type(error.status()));
        to.ascii(",\"message\":").quoted(path == null ? error.message() : path + ": " + error.message());
        to.ascii("},\"request_id\":").quoted(error.requestId()).ascii("}");
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 408, 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
