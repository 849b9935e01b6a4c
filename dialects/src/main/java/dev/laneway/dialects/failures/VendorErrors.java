package dev.laneway.dialects.failures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Errors as vendors word them, in OpenAI's and Anthropic's form, {@code {"error":{message,type,code}}}, and as those who are
 * compatible vary it: the code as a number (llama.cpp, OpenRouter) or a number in quotes (LiteLLM), the error as a string (older
 * vLLM, Together), {@code detail} (FastAPI), {@code message} at the top (Mistral, Cohere), all of it in an array (Gemini).
 */
public final class VendorErrors {
    private static final int WORDS_OF_NO_JSON = 300;
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
    private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*");

    private VendorErrors() {}

    /** An answer with a status other than 2xx. */
    public static Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var wait = RetryAfter.millis(headers, now);
        var root = Json.tree(body);
        if (root == null || !root.isContainerNode()) {
            var text = new String(body, 0, Math.min(body.length, WORDS_OF_NO_JSON), StandardCharsets.UTF_8);
            var page = text.stripLeading().startsWith("<");
            return FailureTyper.failure(status, "", "", page ? "" : text, wait);
        }
        return failure(status, root, wait);
    }

    /** An error in a stream, or in an answer that said 200. */
    public static Failure inBand(JsonNode root) {
        return failure(0, root, 0);
    }

    private static Failure failure(int httpStatus, JsonNode document, long wait) {
        var root = document.isArray() ? document.path(0) : document;
        var error = root.path("error");
        var at = error.isObject() ? error : root;
        var named = named(at);
        var word = error.isTextual() && WORD.matcher(error.textValue()).matches() ? error.textValue() : "";
        return FailureTyper.failure(
                httpStatus == 0 ? named : httpStatus,
                at.path("type").asText(""),
                at.path("code").isTextual() ? at.path("code").textValue() : word,
                message(root, error),
                wait);
    }

    /** The status that an error names itself, or 0. */
    private static int named(JsonNode error) {
        for (var field : new String[] {"code", "status_code", "status"}) {
            var text = error.path(field).asText("");
            if (STATUS.matcher(text).matches()) {
                return Integer.parseInt(text);
            }
        }
        return 0;
    }

    private static String message(JsonNode root, JsonNode error) {
        for (var words : new JsonNode[] {error.path("message"), error, root.path("message"), root.path("detail")}) {
            if (words.isTextual()) {
                return words.textValue();
            }
        }
        return "";
    }
}
