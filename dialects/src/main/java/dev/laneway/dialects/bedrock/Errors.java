package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.failures.FailureTyper;
import dev.laneway.dialects.failures.RetryAfter;
import dev.laneway.dialects.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Errors as AWS has them: their name in {@code x-amzn-errortype}, in {@code __type} of the body, or as the type of an exception in a stream.
 * What it says of a refused signature may quote the signed headers, so it is not passed on.
 */
final class Errors {
    private Errors() {}

    static Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        var root = Json.tree(body);
        var message = root == null ? "" : message(root);
        var header = headers.get("x-amzn-errortype");
        var type = header != null
                ? header
                : root == null ? "" : root.path("__type").asText("");
        return failure(status, type, message, RetryAfter.millis(headers, now));
    }

    /** A document in place of an answer, or of a stream: an error where it says one, else {@code otherwise}. */
    static Failure inBand(@Nullable JsonNode root, String otherwise) {
        if (root == null || !(root.has("__type") || root.has("message") || root.has("Message"))) {
            return Failure.of(FailureKind.MALFORMED, otherwise);
        }
        return failure(0, root.path("__type").asText(""), message(root), 0);
    }

    private static String message(JsonNode root) {
        return root.path("message").asText(root.path("Message").asText(""));
    }

    /**
     * @param status the vendor's, 0 where the error came inside an answer with status 200
     * @param type such as {@code throttlingException} or {@code com.amazon.coral#ThrottlingException:http://...}
     */
    static Failure failure(int status, String type, String message, long retryAfterMillis) {
        var name = type.substring(type.indexOf('#') + 1).replaceAll(":.*", "").toLowerCase(Locale.ROOT);
        var typed = FailureTyper.failure(statusOf(name, status), name, "", message, retryAfterMillis);
        var kind = name.isEmpty() && status == 0 ? FailureKind.SERVER_ERROR : typed.kind();
        return new Failure(kind, typed.message(), status, typed.retryAfterMillis());
    }

    /** The status that says best what a name means; some names come with several, and in a stream there is none. */
    private static int statusOf(String name, int status) {
        return switch (name) {
            case "throttlingexception", "servicequotaexceededexception", "toomanyrequestsexception" -> 429;
            case "serviceunavailableexception", "modelnotreadyexception" -> 503;
            case "internalserverexception", "internalfailure", "modelerrorexception", "modelstreamerrorexception" ->
                500;
            case "modeltimeoutexception" -> 504;
            case "validationexception" -> 400;
            case "resourcenotfoundexception" -> 404;
            case "accessdeniedexception",
                    "unrecognizedclientexception",
                    "invalidsignatureexception",
                    "signaturedoesnotmatch",
                    "incompletesignature",
                    "incompletesignatureexception",
                    "missingauthenticationtokenexception",
                    "expiredtokenexception",
                    "expiredtoken" -> 401;
            default -> status;
        };
    }
}
