package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.failures.FailureTyper;
import dev.laneway.dialects.failures.RetryAfter;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"error":{message,type,param,code}}}. Compatible vendors vary it: the code as a number (llama.cpp, OpenRouter), the
 * error as a string (older vLLM, Together), {@code detail} (FastAPI), {@code message} at the top (Mistral, Cohere).
 */
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
        return failure(status, root, wait);
    }

    /** An error in a stream, or in an answer that said 200. */
    static Failure inBand(JsonNode root) {
        return failure(0, root, 0);
    }

    private static Failure failure(int httpStatus, JsonNode root, long wait) {
        var error = root.path("error");
        var at = error.isObject() ? error : root;
        var code = at.path("code");
        var named = code.isNumber()
                ? code.intValue()
                : at.path("status_code").asInt(at.path("status").asInt());
        var status = httpStatus == 0 && named >= 400 && named < 600 ? named : httpStatus;
        return FailureTyper.failure(
                status, at.path("type").asText(""), code.isTextual() ? code.textValue() : "", message(root), wait);
    }

    private static String message(JsonNode root) {
        var error = root.path("error");
        for (var words : new JsonNode[] {error.path("message"), error, root.path("message"), root.path("detail")}) {
            if (words.isTextual()) {
                return words.textValue();
            }
        }
        return "";
    }

    static byte[] body(ClientError error) {
        var text = new ByteText(256);
        write(error, text);
        return text.take();
    }

    private static void write(ClientError error, ByteText to) {
        to.ascii("{\"error\":{\"message\":").quoted(error.message());
        to.ascii(",\"type\":").quoted(error.type());
        to.ascii(",\"param\":");
        orNull(error.param(), to);
        to.ascii(",\"code\":");
        orNull(error.code(), to);
        to.ascii(",\"request_id\":").quoted(error.requestId()).ascii("}}");
    }

    private static void orNull(@Nullable String text, ByteText to) {
        if (text == null) {
            to.ascii("null");
        } else {
            to.quoted(text);
        }
    }

    /**
     * OpenAI's SDKs raise a chunk that has an {@code error}; no {@code [DONE]} follows, since those who read no errors would take
     * the answer for whole.
     */
    static byte[] frames(ClientError error) {
        var text = new ByteText(256).ascii("data: ");
        write(error, text);
        return text.ascii("\n\n").take();
    }
}
