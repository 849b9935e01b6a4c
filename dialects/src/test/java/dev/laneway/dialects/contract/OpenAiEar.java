package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.contract.Heard.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads as openai-node and openai-java do. */
final class OpenAiEar implements CallerEar {
    @Override
    public Heard stream(byte[] bytes) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var signatures = new ArrayList<String>();
        var calls = new TreeMap<Integer, Call>();
        String finish = null;
        TokenUsage usage = null;
        String model = null;
        var whole = false;
        for (var event : CallerEar.events(bytes)) {
            if (event.data().equals("[DONE]")) {
                whole = true;
                break;
            }
            var chunk = CallerEar.json(event.data());
            if (chunk.hasNonNull("error")) {
                return new Heard(
                        text.toString(),
                        reasoning.toString(),
                        signatures,
                        List.copyOf(calls.values()),
                        finish,
                        usage,
                        model,
                        false,
                        chunk.path("error").path("message").asText());
            }
            model = chunk.path("model").asText().isEmpty()
                    ? model
                    : chunk.path("model").asText();
            if (chunk.hasNonNull("usage")) {
                usage = usage(chunk.path("usage"));
            }
            for (var choice : chunk.path("choices")) {
                var delta = choice.path("delta");
                text.append(delta.path("content").asText(""));
                reasoning.append(delta.path("reasoning_content").asText(""));
                delta.path("thinking_blocks")
                        .forEach(block -> signatures.add(block.path("signature").asText()));
                for (var piece : delta.path("tool_calls")) {
                    calls.merge(
                            piece.path("index").intValue(),
                            new Call(
                                    piece.path("id").asText(""),
                                    piece.path("function").path("name").asText(""),
                                    piece.path("function").path("arguments").asText("")),
                            (a, b) -> new Call(a.id(), a.name(), a.arguments() + b.arguments()));
                }
                if (choice.hasNonNull("finish_reason")) {
                    finish = choice.path("finish_reason").asText();
                }
            }
        }
        return new Heard(
                text.toString(),
                reasoning.toString(),
                signatures,
                List.copyOf(calls.values()),
                finish,
                usage,
                model,
                whole,
                null);
    }

    @Override
    public Heard whole(byte[] bytes) {
        var root = CallerEar.json(bytes);
        var choice = root.path("choices").path(0);
        var message = choice.path("message");
        var signatures = new ArrayList<String>();
        message.path("thinking_blocks")
                .forEach(block -> signatures.add(block.path("signature").asText()));
        var calls = new ArrayList<Call>();
        for (var call : message.path("tool_calls")) {
            calls.add(new Call(
                    call.path("id").asText(),
                    call.path("function").path("name").asText(),
                    call.path("function").path("arguments").asText()));
        }
        return new Heard(
                message.path("content").asText(""),
                message.path("reasoning_content").asText(""),
                signatures,
                calls,
                choice.path("finish_reason").asText(null),
                root.hasNonNull("usage") ? usage(root.path("usage")) : null,
                root.path("model").asText(),
                root.path("object").asText().equals("chat.completion"),
                root.path("error").path("message").textValue());
    }

    private static TokenUsage usage(JsonNode usage) {
        return new TokenUsage(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cache_write_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
    }

    @Override
    public String stop() {
        return "stop";
    }

    @Override
    public String length() {
        return "length";
    }

    @Override
    public String toolCalls() {
        return "tool_calls";
    }
}
