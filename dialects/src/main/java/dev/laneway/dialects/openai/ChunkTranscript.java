package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import org.jspecify.annotations.Nullable;

/** Keeps what chunks told their client. */
final class ChunkTranscript extends Transcript {
    private boolean inText;

    ChunkTranscript(@Nullable Beginning before) {
        super(before);
        inText = before != null;
    }

    @Override
    protected void frame(JsonNode chunk) {
        for (var choice : chunk.path("choices")) {
            named(chunk.path("id").asText(), chunk.path("created").asLong());
            var delta = choice.path("delta");
            if (choice.path("index").asInt() != 0
                    || choice.path("finish_reason").isTextual()
                    || choice.path("logprobs").size() > 0
                    || isMore(delta)) {
                spoilt();
                return;
            }
            if (isFilled(delta.path("content"))) {
                inText = true;
                said(delta.path("content").textValue());
            } else if (isFilled(delta.path("reasoning_content"))
                    || isFilled(delta.path("reasoning"))
                    || !delta.path("thinking_blocks").isEmpty()) {
                inText = false;
            }
        }
    }

    /** Whether it says something other than text and reasoning. */
    private static boolean isMore(JsonNode delta) {
        return !delta.path("tool_calls").isEmpty()
                || !delta.path("function_call").isEmpty()
                || !delta.path("audio").isEmpty()
                || !delta.path("content").isEmpty()
                || isFilled(delta.path("refusal"));
    }

    private static boolean isFilled(JsonNode text) {
        return !text.asText("").isEmpty() && text.isTextual();
    }

    @Override
    protected boolean inText() {
        return inText;
    }

    @Override
    protected int block() {
        return 0;
    }

    @Override
    protected boolean open() {
        return false;
    }
}
