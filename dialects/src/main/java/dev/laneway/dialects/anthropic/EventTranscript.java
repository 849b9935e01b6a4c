package dev.laneway.dialects.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import org.jspecify.annotations.Nullable;

/** Keeps what the events of a Messages stream told their client. */
final class EventTranscript extends Transcript {
    private enum Open {
        NOTHING,
        TEXT,
        THINKING
    }

    private Open open = Open.NOTHING;
    private int block;

    EventTranscript(@Nullable Beginning before) {
        super(before);
        if (before != null) {
            open = before.open() ? Open.TEXT : Open.NOTHING;
            block = before.block();
        }
    }

    @Override
    protected void frame(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message_start" -> named(event.path("message").path("id").asText(), 0);
            case "content_block_start" -> start(event.path("index").asInt(), event.path("content_block"));
            case "content_block_delta" -> delta(event.path("delta"));
            case "content_block_stop" -> {
                open = Open.NOTHING;
                block++;
            }
            case "ping" -> {}
            default -> spoilt(); // the message's end, or what nobody here knows
        }
    }

    private void start(int index, JsonNode content) {
        block = index;
        switch (content.path("type").asText()) {
            case "text" -> {
                open = Open.TEXT;
                said(content.path("text").asText(""));
            }
            case "thinking", "redacted_thinking" -> open = Open.THINKING;
            default -> spoilt();
        }
    }

    private void delta(JsonNode delta) {
        if (delta.path("type").asText().equals("text_delta")) {
            said(delta.path("text").asText(""));
        }
    }

    @Override
    protected boolean inText() {
        return open != Open.THINKING;
    }

    @Override
    protected int block() {
        return block;
    }

    @Override
    protected boolean open() {
        return open == Open.TEXT;
    }
}
