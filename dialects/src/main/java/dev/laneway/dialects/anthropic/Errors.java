package dev.laneway.dialects.anthropic;

import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.json.ByteText;

/** {@code {"type":"error","error":{type,message},"request_id"}}. */
final class Errors {
    private Errors() {}

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
        var said = path == null || error.message().startsWith(path + ":");
        to.ascii(",\"message\":").quoted(said ? error.message() : path + ": " + error.message());
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
