package dev.laneway.testkit.anthropic;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Tokens;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.StreamScript.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the events of one message: {@code message_start}, the blocks with a {@code ping} after the first one's start,
 * {@code message_delta}, {@code message_stop}. What starts or ends a block travels with its neighbouring chunk.
 */
final class MessageStream {
    private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    private final MessageCall call;
    private final CallIds ids;
    private final List<Chunk> chunks = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private int block;
    private int pendingTokens;

    MessageStream(MessageCall call, CallIds ids) {
        this.call = call;
        this.ids = ids;
    }

    StreamScript write(Answer answer) {
        StringBuilder opening =
                new StringBuilder(512).append("event: message_start\ndata: {\"type\":\"message_start\",\"message\":");
        call.head(opening, ids)
                .append(",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"stop_details\":null");
        MessageCall.usage(opening.append(",\"usage\":"), answer.usage(), 1).append("}}\n\n");
        StringBuilder finish = new StringBuilder();
        for (Choice choice : answer.choices()) {
            content(choice);
            finish.append("event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"container\":null,");
            MessageCall.ending(finish, choice.ending());
            finish.append('}');
            if (answer.usageTold()) {
                MessageCall.tokens(finish.append(",\"usage\":{"), answer.usage());
                finish.append(",\"output_tokens\":").append(answer.usage().completion());
                MessageCall.details(finish, answer.usage().reasoning());
                MessageCall.serverTools(finish, answer.usage());
                finish.append('}');
            }
            finish.append("}\n\n");
        }
        if (block == 0) {
            opening.append(PING);
        }
        String end = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        return new StreamScript(
                opening.toString(), chunks, pending.append(finish).toString(), end);
    }

    private void content(Choice choice) {
        if (!choice.reasoning().isEmpty()) {
            thinking(choice);
        }
        if (!choice.text().isEmpty()) {
            start("{\"type\":\"text\",\"text\":\"\",\"citations\":null}");
            for (List<String> group : StreamScript.grouped(
                    choice.text(), call.ask().model().behaviour().chunks())) {
                delta("text_delta", "text", group, group.size());
            }
            stop();
        }
        for (ToolCall tool : choice.calls()) {
            start(MessageCall.toolHead(new StringBuilder(), tool).append("{}}").toString());
            pendingTokens += tool.tokens() - Tokens.of(tool.arguments());
            delta("input_json_delta", "partial_json", List.of(""), 0);
            for (String piece : Tokens.pieces(tool.arguments())) {
                delta("input_json_delta", "partial_json", List.of(piece), 1);
            }
            stop();
        }
    }

    private void thinking(Choice choice) {
        start("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
        if (call.thinkingShown()) {
            for (List<String> group : StreamScript.grouped(choice.reasoning(), 8)) {
                delta("thinking_delta", "thinking", group, group.size());
            }
        } else {
            pendingTokens += choice.reasoning().size();
        }
        String signature = call.signatures().sign(call.thinking(choice));
        delta("signature_delta", "signature", List.of(signature), 0);
        stop();
    }

    private void start(String contentBlock) {
        pending.append("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":")
                .append(block)
                .append(",\"content_block\":")
                .append(contentBlock)
                .append("}\n\n");
        if (block == 0) {
            pending.append(PING);
        }
    }

    private void delta(String type, String field, List<String> text, int tokens) {
        pending.append("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
                .append(block);
        pending.append(",\"delta\":{\"type\":\"")
                .append(type)
                .append("\",\"")
                .append(field)
                .append("\":");
        Json.string(pending, text).append("}}\n\n");
        chunks.add(new Chunk(pending.toString(), tokens + pendingTokens));
        pending.setLength(0);
        pendingTokens = 0;
    }

    private void stop() {
        pending.append("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":")
                .append(block)
                .append("}\n\n");
        block++;
    }
}
