package dev.laneway.testkit.calls;

import dev.laneway.testkit.wire.Json;
import java.util.OptionalLong;

/** A call as a JSON object on one line. */
public final class CallJson {
    private CallJson() {}

    public static void write(StringBuilder out, Call call) {
        out.append("{\"seq\":").append(call.seq());
        out.append(",\"started\":\"").append(call.started()).append("\",\"id\":");
        Json.string(out, call.attemptId());
        Json.string(out.append(",\"x-client-request-id\":"), call.attemptId());
        out.append(",\"vendor\":\"").append(call.vendor().text()).append("\",\"path\":");
        Json.string(out, call.path());
        Json.string(out.append(",\"model\":"), call.model());
        out.append(",\"stream\":").append(call.stream());
        out.append(",\"status\":").append(call.status());
        out.append(",\"fault\":").append(call.fault().isEmpty() ? "null" : Json.quote(call.fault()));
        out.append(",\"prompt_tokens\":").append(call.usage().prompt());
        out.append(",\"cached_tokens\":").append(call.usage().cached());
        out.append(",\"cache_write_tokens\":").append(call.usage().cacheWritten());
        out.append(",\"completion_tokens\":").append(call.usage().completion());
        out.append(",\"reasoning_tokens\":").append(call.usage().reasoning());
        out.append(",\"searches\":").append(call.usage().beside().searches());
        out.append(",\"audio_prompt_tokens\":").append(call.usage().beside().soundIn());
        out.append(",\"audio_completion_tokens\":").append(call.usage().beside().soundOut());
        out.append(",\"service_tier\":\"")
                .append(call.usage().beside().tier().word())
                .append('"');
        out.append(",\"price_micros\":").append(call.priceMicros());
        out.append(",\"price_picos\":").append(call.pricePicos());
        out.append(",\"images\":").append(call.images());
        out.append(",\"finished\":\"").append(call.finish().text()).append('"');
        out.append(",\"client_closed\":").append(call.clientClosed());
        micros(out.append(",\"first_byte_us\":"), call.firstByteMicros());
        micros(out.append(",\"end_us\":"), call.endMicros());
        out.append(",\"key\":\"").append(call.key());
        out.append("\",\"body_sha256\":\"").append(call.bodySha256()).append("\"}");
    }

    private static void micros(StringBuilder out, OptionalLong micros) {
        out.append(micros.isPresent() ? Long.toString(micros.getAsLong()) : "null");
    }
}
