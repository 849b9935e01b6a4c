package dev.laneway.dialects.responses;

import dev.laneway.contracts.RequestIds;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.json.ByteText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code {"error":{message,type,param,code}}}, and the two events by which a stream fails. */
final class Errors {
    /** Behind every event of the stream, whose count nobody here knows. */
    private static final long LAST = Integer.MAX_VALUE - 1L;

    private Errors() {}

    static byte[] body(ClientError error) {
        var text = new ByteText(256);
        text.ascii("{\"error\":");
        object(error, text);
        return text.ascii("}").take();
    }

    private static void object(ClientError error, ByteText to) {
        to.ascii("{\"message\":").quoted(error.message());
        to.ascii(",\"type\":").quoted(error.type());
        to.ascii(",\"param\":");
        orNull(error.param(), to);
        to.ascii(",\"code\":");
        orNull(error.code(), to);
        to.ascii(",\"request_id\":").quoted(error.requestId()).ascii("}");
    }

    private static void orNull(@Nullable String text, ByteText to) {
        if (text == null) {
            to.ascii("null");
        } else {
            to.quoted(text);
        }
    }

    /**
     * {@code error}, whose object OpenAI's SDKs raise, then {@code response.failed}, which Codex and those who read events by
     * their types wait for.
     */
    static byte[] frames(ClientError error) {
        var events = new EventWriter(LAST);
        var out = events.begin("error").ascii(",\"code\":");
        orNull(error.code(), out);
        out.ascii(",\"message\":").quoted(error.message()).ascii(",\"param\":");
        orNull(error.param(), out);
        object(error, out.ascii(",\"error\":"));
        events.end();
        failed(error, events.begin("response.failed").ascii(",\"response\":"));
        events.end();
        return events.take();
    }

    private static void failed(ClientError error, ByteText to) {
        var createdAt = RequestIds.acceptedAt(error.requestId()).orElse(0) / 1_000;
        var response = new ResponseWriter(ItemIds.response(error.requestId()), createdAt, "", Echo.NOTHING);
        response.error(word(error), error.message());
        response.write("failed", null, List.of(), null, to);
    }

    /** The codes of {@code ResponseError} are few; what clients do about the failure hangs on them. */
    private static String word(ClientError error) {
        var code = error.code();
        return switch (code == null ? "" : code) {
            case "rate_limit_exceeded", "context_length_exceeded", "insufficient_quota" -> String.valueOf(code);
            case "overloaded" -> "server_is_overloaded";
            case "rejected", "content_policy_violation" -> "invalid_prompt";
            default -> "server_error";
        };
    }
}
