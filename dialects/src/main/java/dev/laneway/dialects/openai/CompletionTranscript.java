package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import org.jspecify.annotations.Nullable;

/** Keeps what chunks of a legacy completion told their client. */
final class CompletionTranscript extends Transcript {
    CompletionTranscript(@Nullable Beginning before) {
        super(before);
    }

    @Override
    protected void frame(JsonNode chunk) {
        for (var choice : chunk.path("choices")) {
            named(chunk.path("id").asText(), chunk.path("created").asLong());
            if (choice.path("index").asInt() != 0
                    || choice.path("finish_reason").isTextual()
                    || choice.path("logprobs").size() > 0) {
                spoilt();
                return;
            }
            said(choice.path("text").asText(""));
        }
    }

    @Override
    protected boolean inText() {
        return true;
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
