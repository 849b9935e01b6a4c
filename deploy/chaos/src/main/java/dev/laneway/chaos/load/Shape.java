package dev.laneway.chaos.load;

import java.util.Objects;

/**
 * A kind of request.
 *
 * @param route the alias it calls
 * @param anthropic which of the two formats it speaks
 * @param stream whether the answer is streamed
 * @param deadlineSeconds how long its client waits
 */
public record Shape(String route, boolean anthropic, boolean stream, int deadlineSeconds) {
    public Shape {
        Objects.requireNonNull(route, "route");
    }

    public String path() {
        return anthropic ? "/v1/messages" : "/v1/chat/completions";
    }

    public String body() {
        return "{\"model\":\"" + route + "\",\"max_tokens\":64,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Say in one sentence what a lane is.\"}]}";
    }

    /** What a 200's body is, going by its end. */
    Ending ending(String body) {
        if (stream) {
            if (body.contains(anthropic ? "event: message_stop" : "data: [DONE]") && !body.contains("\"error\"")) {
                return Ending.WHOLE;
            }
            return body.contains("\"error\"") ? Ending.ERROR_IN_BAND : Ending.BROKEN_OFF;
        }
        return body.contains(anthropic ? "\"stop_reason\"" : "\"finish_reason\"") ? Ending.WHOLE : Ending.BROKEN_OFF;
    }
}
