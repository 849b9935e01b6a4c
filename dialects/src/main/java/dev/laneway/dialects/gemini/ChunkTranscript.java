package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import org.jspecify.annotations.Nullable;

/** Keeps what the chunks of a stream told their client. */
final class ChunkTranscript extends Transcript {
    private boolean inText;

    ChunkTranscript(@Nullable Beginning before) {
        super(before);
        inText = before != null;
    }

    @Override
    protected void frame(JsonNode chunk) {
        named(chunk.path("responseId").asText(), 0);
        for (var candidate : chunk.path("candidates")) {
            if (candidate.path("index").asInt() != 0
                    || candidate.path("finishReason").isTextual()) {
                spoilt();
                return;
            }
            for (var part : candidate.path("content").path("parts")) {
                part(part);
            }
        }
    }

    private void part(JsonNode part) {
        if (!part.path("text").isTextual()) {
            spoilt();
        } else if (part.path("thought").asBoolean()) {
            inText = false;
        } else if (!part.path("text").textValue().isEmpty()) {
            inText = true;
            said(part.path("text").textValue());
        }
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
