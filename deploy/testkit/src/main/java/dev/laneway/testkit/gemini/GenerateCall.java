package dev.laneway.testkit.gemini;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
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
 * A request for content that was understood: writes {@code GenerateContentResponse}s, whole and as the chunks of a stream. The first
 * call of a candidate is signed.
 *
 * @param ask what was asked
 * @param thoughtsShown whether thoughts come with their text
 * @param signatures signs calls
 */
record GenerateCall(Ask ask, boolean thoughtsShown, CallSignature signatures) implements VendorCall {
    private static final int THOUGHT_CHUNKS = 4;

    @Override
    public String whole(Answer answer, CallIds ids) {
        StringBuilder out = new StringBuilder(512).append("{\"candidates\":[");
        for (int i = 0; i < answer.choices().size(); i++) {
            Choice choice = answer.choices().get(i);
            out.append(i == 0 ? "" : ",").append("{\"content\":{\"parts\":[");
            out.append(String.join(",", parts(choice))).append("],\"role\":\"model\"}");
            finish(out, choice.ending(), i).append('}');
        }
        return end(out.append(']'), answer, ids).toString();
    }

    private List<String> parts(Choice choice) {
        List<String> parts = new ArrayList<>();
        if (thoughtsShown && !choice.reasoning().isEmpty()) {
            parts.add(text(choice.reasoning(), true));
        }
        if (!choice.text().isEmpty()) {
            parts.add(text(choice.text(), false));
        }
        for (int i = 0; i < choice.calls().size(); i++) {
            parts.add(call(choice.calls().get(i), i == 0));
        }
        return parts;
    }

    private static String text(List<String> pieces, boolean thought) {
        StringBuilder out = Json.string(new StringBuilder("{\"text\":"), pieces);
        return out.append(thought ? ",\"thought\":true}" : "}").toString();
    }

    /** Google's AI Studio gives calls no id unless it streams their arguments. */
    private String call(ToolCall call, boolean first) {
        StringBuilder out = Json.string(new StringBuilder("{\"functionCall\":{\"name\":"), call.name());
        out.append(",\"args\":").append(call.arguments()).append('}');
        if (first) {
            out.append(",\"thoughtSignature\":\"")
                    .append(signatures.sign(call.name()))
                    .append('"');
        }
        return out.append('}').toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        List<Chunk> chunks = new ArrayList<>();
        StringBuilder last = new StringBuilder("data: {\"candidates\":[");
        for (int i = 0; i < answer.choices().size(); i++) {
            Choice choice = answer.choices().get(i);
            if (!choice.reasoning().isEmpty() && thoughtsShown) {
                for (List<String> group : StreamScript.grouped(choice.reasoning(), THOUGHT_CHUNKS)) {
                    chunks.add(chunk(text(group, true), i, group.size(), answer, ids));
                }
            }
            for (List<String> group :
                    StreamScript.grouped(choice.text(), ask.model().behaviour().chunks())) {
                chunks.add(chunk(text(group, false), i, group.size(), answer, ids));
            }
            for (int c = 0; c < choice.calls().size(); c++) {
                ToolCall call = choice.calls().get(c);
                chunks.add(chunk(call(call, c == 0), i, call.tokens(), answer, ids));
            }
            last.append(i == 0 ? "" : ",").append("{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"}");
            finish(last, choice.ending(), i).append('}');
        }
        end(last.append(']'), answer, ids).append("\n\n");
        return new StreamScript("", chunks, last.toString(), "");
    }

    /** A chunk; its usage has the prompt only, as nobody has counted the answer yet. */
    private Chunk chunk(String part, int index, int tokens, Answer answer, CallIds ids) {
        StringBuilder out = new StringBuilder(256)
                .append("data: {\"candidates\":[{\"content\":{\"parts\":[")
                .append(part)
                .append("],\"role\":\"model\"},\"index\":")
                .append(index)
                .append("}]");
        if (answer.usageTold()) {
            out.append(",\"usageMetadata\":{\"promptTokenCount\":")
                    .append(answer.usage().prompt())
                    .append('}');
        }
        return new Chunk(name(out, ids).append("\n\n").toString(), tokens);
    }

    private static StringBuilder finish(StringBuilder out, Ending ending, int index) {
        return out.append(",\"finishReason\":\"")
                .append(reason(ending))
                .append("\",\"index\":")
                .append(index);
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case Ending.Done(), Ending.Called() -> "STOP";
            case Ending.Stopped(String at) -> "STOP";
            case Ending.Length() -> "MAX_TOKENS";
            case Ending.Filtered() -> "SAFETY";
            case Ending.Refused() -> "PROHIBITED_CONTENT";
        };
    }

    private StringBuilder end(StringBuilder out, Answer answer, CallIds ids) {
        if (answer.usageTold()) {
            usage(out.append(",\"usageMetadata\":"), answer.usage());
        }
        return name(out, ids);
    }

    private StringBuilder name(StringBuilder out, CallIds ids) {
        Json.string(out.append(",\"modelVersion\":"), ask.model().full());
        return out.append(",\"responseId\":\"").append(ids.id("", 22)).append("\"}");
    }

    private static void usage(StringBuilder out, Usage usage) {
        out.append("{\"promptTokenCount\":").append(usage.prompt());
        out.append(",\"candidatesTokenCount\":").append(usage.completion() - usage.reasoning());
        out.append(",\"totalTokenCount\":").append(usage.total());
        if (usage.cached() > 0) {
            out.append(",\"cachedContentTokenCount\":").append(usage.cached());
        }
        out.append(",\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":")
                .append(usage.prompt())
                .append("}]");
        if (usage.reasoning() > 0) {
            out.append(",\"thoughtsTokenCount\":").append(usage.reasoning());
        }
        out.append('}');
    }
}
