package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.contract.Heard.Call;
import java.util.ArrayList;
import java.util.List;

/** Reads as Anthropic's SDKs and Claude Code do: every block begins, goes on and ends by its index, and ends before the message. */
final class AnthropicEar implements CallerEar {
    private static final class Block {
        String type = "";
        String id = "";
        String name = "";
        String signature = "";
        boolean ended;
        final StringBuilder text = new StringBuilder();
    }

    @Override
    public Heard stream(byte[] bytes) {
        var blocks = new ArrayList<Block>();
        String model = null;
        String finish = null;
        var usage = CallerEar.MAPPER.createObjectNode();
        var whole = false;
        String error = null;
        for (var event : CallerEar.events(bytes)) {
            var data = CallerEar.json(event.data());
            require(event.name().equals(data.path("type").asText()), "event and type differ");
            var index = data.path("index").asInt(-1);
            switch (event.name()) {
                case "message_start" -> {
                    require(model == null, "a second message_start");
                    model = data.path("message").path("model").asText();
                    usage.setAll((ObjectNode) data.path("message").path("usage"));
                }
                case "content_block_start" -> {
                    require(model != null && index == blocks.size(), "a block out of order");
                    require(blocks.isEmpty() || blocks.getLast().ended, "a block within a block");
                    var block = new Block();
                    block.type = data.path("content_block").path("type").asText();
                    block.id = data.path("content_block").path("id").asText("");
                    block.name = data.path("content_block").path("name").asText("");
                    blocks.add(block);
                }
                case "content_block_delta" -> {
                    var block = blocks.get(index);
                    require(!block.ended, "a delta after the end of its block");
                    var delta = data.path("delta");
                    switch (delta.path("type").asText()) {
                        case "text_delta" ->
                            block.text.append(delta.path("text").asText());
                        case "thinking_delta" ->
                            block.text.append(delta.path("thinking").asText());
                        case "signature_delta" ->
                            block.signature = delta.path("signature").asText();
                        case "input_json_delta" ->
                            block.text.append(delta.path("partial_json").asText());
                        default -> throw new IllegalStateException("unknown delta");
                    }
                }
                case "content_block_stop" -> blocks.get(index).ended = true;
                case "message_delta" -> {
                    finish = data.path("delta").path("stop_reason").asText();
                    usage.setAll((ObjectNode) data.path("usage"));
                }
                case "message_stop" -> whole = true;
                case "error" -> error = data.path("error").path("message").asText();
                case "ping" -> {}
                default -> throw new IllegalStateException("unknown event " + event.name());
            }
        }
        require(!whole || blocks.stream().allMatch(block -> block.ended), "a block without an end");
        return heard(blocks, finish, usage, model, whole, error);
    }

    @Override
    public Heard whole(byte[] bytes) {
        var root = CallerEar.json(bytes);
        var blocks = new ArrayList<Block>();
        for (var node : root.path("content")) {
            var block = new Block();
            block.type = node.path("type").asText();
            block.id = node.path("id").asText("");
            block.name = node.path("name").asText("");
            block.signature = node.path("signature").asText("");
            block.text.append(node.path("text").asText(""));
            block.text.append(node.path("thinking").asText(""));
            block.text.append(node.has("input") ? node.path("input").toString() : "");
            blocks.add(block);
        }
        return heard(
                blocks,
                root.path("stop_reason").asText(null),
                root.path("usage"),
                root.path("model").asText(),
                root.path("type").asText().equals("message"),
                root.path("error").path("message").textValue());
    }

    private static Heard heard(
            List<Block> blocks, String finish, JsonNode usage, String model, boolean whole, String error) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var signatures = new ArrayList<String>();
        var calls = new ArrayList<Call>();
        for (var block : blocks) {
            switch (block.type) {
                case "text" -> text.append(block.text);
                case "thinking" -> {
                    reasoning.append(block.text);
                    if (!block.signature.isEmpty()) {
                        signatures.add(block.signature);
                    }
                }
                case "tool_use" -> calls.add(new Call(block.id, block.name, block.text.toString()));
                default -> {}
            }
        }
        var cached = usage.path("cache_read_input_tokens").asLong();
        var written = usage.path("cache_creation_input_tokens").asLong();
        var total = new TokenUsage(
                usage.path("input_tokens").asLong() + cached + written,
                usage.path("output_tokens").asLong(),
                cached,
                written,
                usage.path("output_tokens_details").path("thinking_tokens").asLong());
        return new Heard(text.toString(), reasoning.toString(), signatures, calls, finish, total, model, whole, error);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public String stop() {
        return "end_turn";
    }

    @Override
    public String length() {
        return "max_tokens";
    }

    @Override
    public String toolCalls() {
        return "tool_use";
    }
}
