package dev.laneway.dialects.openai;

import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.json.ByteText;
import org.jspecify.annotations.Nullable;

/** {@code {"error":{message,type,param,code}}}, as clients of this dialect read it. */
final class Errors {
    private Errors() {}

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
