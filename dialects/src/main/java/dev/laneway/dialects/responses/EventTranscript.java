package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Transcript;
import org.jspecify.annotations.Nullable;

/** Keeps what a streamed response told its client: one text in one message, behind reasoning if there was any. */
final class EventTranscript extends Transcript {
    private @Nullable String message;
    private int block;
    private boolean inText;
    private boolean anyText;
    private long sequence;

    EventTranscript(@Nullable Beginning before) {
        super(before);
        if (before != null) {
            var place = Place.of(before.id());
            message = place.message();
            sequence = place.sequence();
            block = before.block();
            inText = true;
            anyText = true;
        }
    }

    @Override
    protected void frame(JsonNode event) {
        sequence = Math.max(sequence + 1, event.path("sequence_number").asLong(-1) + 1);
        switch (event.path("type").asText()) {
            case "response.created" -> {
                var response = event.path("response");
                named(response.path("id").asText(), response.path("created_at").asLong());
            }
            case "response.output_item.added" -> item(event);
            case "response.content_part.added" -> {
                if (anyText || !event.path("part").path("type").asText().equals("output_text")) {
                    spoilt();
                }
                anyText = true;
                inText = true;
            }
            case "response.output_text.delta" -> said(event.path("delta").asText(""));
            case "response.in_progress",
                    "response.queued",
                    "response.reasoning_summary_part.added",
                    "response.reasoning_summary_part.done",
                    "response.reasoning_summary_text.delta",
                    "response.reasoning_summary_text.done",
                    "response.reasoning_text.delta",
                    "response.reasoning_text.done",
                    "keepalive" -> {}
            case "response.output_item.done" -> {
                if (inText) {
                    spoilt();
                }
            }
            default -> spoilt(); // the text's end, or more than text
        }
    }

    private void item(JsonNode event) {
        var item = event.path("item");
        switch (item.path("type").asText()) {
            case "message" -> {
                message = item.path("id").textValue();
                block = event.path("output_index").asInt();
            }
            case "reasoning" -> {}
            default -> spoilt();
        }
    }

    @Override
    protected String answerId(String id) {
        return new Place(Place.of(id).response(), message, sequence).id();
    }

    @Override
    protected boolean inText() {
        return inText;
    }

    @Override
    protected int block() {
        return block;
    }

    @Override
    protected boolean open() {
        return inText;
    }
}
