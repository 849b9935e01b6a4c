package dev.laneway.testkit.bedrock;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
import dev.laneway.testkit.answers.Tokens;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.StreamScript.Chunk;
import dev.laneway.testkit.wire.VendorCall;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that was understood: writes whole answers and streams.
 *
 * @param ask what was asked
 */
record ConverseCall(Ask ask) implements VendorCall {
    private static final String SIGNATURE = "c2lnbmVkIGJ5IHRoZSBzaW11bGF0b3I=";

    @Override
    public String whole(Answer answer, CallIds ids) {
        StringBuilder out = new StringBuilder("{\"metrics\":{\"latencyMs\":1},\"output\":{\"message\":{\"content\":[");
        Ending ending = new Ending.Done();
        List<String> blocks = new ArrayList<>();
        for (Choice choice : answer.choices()) {
            ending = choice.ending();
            if (!choice.reasoning().isEmpty()) {
                blocks.add("{\"reasoningContent\":{\"reasoningText\":{\"signature\":\"" + SIGNATURE + "\",\"text\":"
                        + Json.quote(choice.wholeReasoning()) + "}}}");
            }
            if (!choice.text().isEmpty()) {
                blocks.add("{\"text\":" + Json.quote(choice.wholeText()) + "}");
            }
            for (ToolCall call : choice.calls()) {
                boolean cut = choice.ending() instanceof Ending.Length;
                blocks.add("{\"toolUse\":{\"input\":" + (cut ? "{}" : call.arguments()) + "," + named(call) + "}}");
            }
        }
        out.append(String.join(",", blocks)).append("],\"role\":\"assistant\"}},\"stopReason\":\"");
        out.append(reason(ending)).append('"');
        if (answer.usageTold()) {
            out.append(",\"usage\":").append(usage(answer.usage()));
        }
        return out.append('}').toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        List<Chunk> chunks = new ArrayList<>();
        StringBuilder finish = new StringBuilder();
        int block = 0;
        for (Choice choice : answer.choices()) {
            block = content(choice, block, chunks);
            finish.append(stop(choice.ending()));
        }
        if (answer.choices().isEmpty()) {
            finish.append(stop(new Ending.Done()));
        }
        String metadata = "{\"metrics\":{\"latencyMs\":1},\"p\":\"abc\""
                + (answer.usageTold() ? ",\"usage\":" + usage(answer.usage()) : "") + "}";
        return new StreamScript(
                EventText.event("messageStart", "{\"p\":\"abcd\",\"role\":\"assistant\"}"),
                chunks,
                finish.toString(),
                EventText.event("metadata", metadata));
    }

    private static String stop(Ending ending) {
        return EventText.event("messageStop", "{\"p\":\"ab\",\"stopReason\":\"" + reason(ending) + "\"}");
    }

    private int content(Choice choice, int first, List<Chunk> chunks) {
        int block = first;
        if (!choice.reasoning().isEmpty()) {
            for (String piece : choice.reasoning()) {
                chunks.add(delta(block, "{\"reasoningContent\":{\"text\":" + Json.quote(piece) + "}}", 1));
            }
            chunks.add(delta(block, "{\"reasoningContent\":{\"signature\":\"" + SIGNATURE + "\"}}", 0));
            chunks.add(stop(block++));
        }
        if (!choice.text().isEmpty()) {
            for (List<String> group :
                    StreamScript.grouped(choice.text(), ask.model().behaviour().chunks())) {
                chunks.add(delta(block, "{\"text\":" + Json.quote(String.join("", group)) + "}", group.size()));
            }
            chunks.add(stop(block++));
        }
        for (ToolCall call : choice.calls()) {
            String start = "{\"contentBlockIndex\":" + block + ",\"start\":{\"toolUse\":{" + named(call) + "}}}";
            chunks.add(new Chunk(
                    EventText.event("contentBlockStart", start), call.tokens() - Tokens.of(call.arguments())));
            for (String piece : Tokens.pieces(call.arguments())) {
                chunks.add(delta(block, "{\"toolUse\":{\"input\":" + Json.quote(piece) + "}}", 1));
            }
            chunks.add(stop(block++));
        }
        return block;
    }

    private static Chunk delta(int block, String delta, int tokens) {
        return new Chunk(
                EventText.event(
                        "contentBlockDelta",
                        "{\"contentBlockIndex\":" + block + ",\"delta\":" + delta + ",\"p\":\"a\"}"),
                tokens);
    }

    private static Chunk stop(int block) {
        return new Chunk(EventText.event("contentBlockStop", "{\"contentBlockIndex\":" + block + "}"), 0);
    }

    private static String named(ToolCall call) {
        return "\"name\":" + Json.quote(call.name()) + ",\"toolUseId\":\"tooluse_"
                + call.id().substring(0, Math.min(22, call.id().length())) + "\"";
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case Ending.Done() -> "end_turn";
            case Ending.Length() -> "max_tokens";
            case Ending.Stopped(String at) -> "stop_sequence";
            case Ending.Called() -> "tool_use";
            case Ending.Filtered(), Ending.Refused() -> "content_filtered";
        };
    }

    /** What was read from and written to the cache is not among the input tokens. */
    private static String usage(Usage usage) {
        return "{\"cacheReadInputTokens\":" + usage.cached() + ",\"cacheWriteInputTokens\":" + usage.cacheWritten()
                + ",\"inputTokens\":" + (usage.prompt() - usage.cached() - usage.cacheWritten()) + ",\"outputTokens\":"
                + usage.completion() + ",\"totalTokens\":" + usage.total() + "}";
    }
}
