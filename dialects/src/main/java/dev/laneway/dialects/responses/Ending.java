package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.neutral.FinishReason;
import org.jspecify.annotations.Nullable;

/** How a response ended: {@code status} and {@code incomplete_details.reason}. */
final class Ending {
    private Ending() {}

    /** Why it is not complete, in the API's word; null where it is. */
    static @Nullable String incomplete(FinishReason reason, boolean refusalSaid) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> null;
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case REFUSAL -> refusalSaid ? null : "content_filter";
        };
    }

    /** Of a response that is complete or incomplete. */
    static FinishReason reason(JsonNode response, boolean calls, boolean refusal) {
        var why = response.path("incomplete_details").path("reason").asText("");
        if (response.path("status").asText().equals("incomplete")) {
            return why.equals("content_filter") ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
        }
        if (calls) {
            return FinishReason.TOOL_CALLS;
        }
        return refusal ? FinishReason.REFUSAL : FinishReason.STOP;
    }
}
