package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.failures.VendorErrors;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"error":"..."}}, in both directions. A vendor's string may hold the JSON of its engine's error; some mistakes of a request
 * come with status 500; what goes wrong in a stream is its last line.
 */
final class Errors {
    /** With status 500, and the same every time. */
    private static final String[] MISTAKES = {"must be of type", "invalid format:", "image input is not supported"};

    private static final String[] BUSY = {"server busy", "maximum pending requests"};

    private Errors() {}

    static byte[] body(ClientError error) {
        var text = new ByteText(256);
        write(error, text);
        return text.take();
    }

    static byte[] line(ClientError error) {
        var text = new ByteText(256);
        write(error, text);
        return text.ascii("\n").take();
    }

    private static void write(ClientError error, ByteText to) {
        to.ascii("{\"error\":").quoted(error.message());
        if (!error.requestId().isEmpty()) {
            to.ascii(",\"request_id\":").quoted(error.requestId());
        }
        to.ascii("}");
    }

    /** An answer with a status other than 2xx. */
    static Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var root = Json.tree(body);
        var inner = root == null ? null : inner(root);
        var failure = VendorErrors.classify(status, headers, inner == null ? body : Json.bytes(inner), now);
        return failure.kind() == FailureKind.SERVER_ERROR && tells(failure.message(), MISTAKES)
                ? as(FailureKind.REJECTED, failure)
                : failure;
    }

    /** An error in a stream, or in an answer that said 200. */
    static Failure inBand(JsonNode root) {
        var inner = inner(root);
        var failure = VendorErrors.inBand(inner == null ? root : inner);
        return failure.kind() == FailureKind.SERVER_ERROR && tells(failure.message(), BUSY)
                ? as(FailureKind.OVERLOADED, failure)
                : failure;
    }

    private static Failure as(FailureKind kind, Failure failure) {
        return new Failure(kind, failure.message(), failure.vendorStatus(), failure.retryAfterMillis());
    }

    /** The engine's error within the string, if there is one. */
    private static @Nullable JsonNode inner(JsonNode root) {
        var error = root.path("error");
        return error.isTextual() && error.textValue().startsWith("{") ? Json.object(error.textValue()) : null;
    }

    private static boolean tells(String message, String[] words) {
        var lower = message.toLowerCase(Locale.ROOT);
        for (var word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
