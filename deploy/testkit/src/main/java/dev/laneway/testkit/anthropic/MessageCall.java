package dev.laneway.testkit.anthropic;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.VendorCall;

/**
 * A request for a message that was understood: writes {@code message} bodies and streams.
 *
 * @param ask what was asked
 * @param thinkingShown whether thinking comes with its text
 * @param signatures signs thinking
 */
record MessageCall(Ask ask, boolean thinkingShown, ThinkingSignature signatures) implements VendorCall {

    @Override
    public String whole(Answer answer, CallIds ids) {
        StringBuilder out = head(new StringBuilder(512), ids).append(",\"content\":[");
        Ending ending = new Ending.Done();
        String comma = "";
        for (Choice choice : answer.choices()) {
            ending = choice.ending();
            if (!choice.reasoning().isEmpty()) {
                String thinking = thinking(choice);
                Json.string(out.append("{\"type\":\"thinking\",\"thinking\":"), thinking);
                Json.string(out.append(",\"signature\":"), signatures.sign(thinking))
                        .append('}');
                comma = ",";
            }
            if (!choice.text().isEmpty()) {
                Json.string(out.append(comma).append("{\"type\":\"text\",\"text\":"), choice.text())
                        .append(",\"citations\":null}");
                comma = ",";
            }
            for (ToolCall call : choice.calls()) {
                boolean cut = choice.ending() instanceof Ending.Length;
                toolHead(out.append(comma), call)
                        .append(cut ? "{}" : call.arguments())
                        .append('}');
                comma = ",";
            }
        }
        out.append("],");
        ending(out, ending);
        if (answer.usageTold()) {
            usage(out.append(",\"usage\":"), answer.usage(), answer.usage().completion());
        }
        return out.append('}').toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        return new MessageStream(this, ids).write(answer);
    }

    /** The beginning of a message, up to its model. */
    StringBuilder head(StringBuilder out, CallIds ids) {
        out.append("{\"id\":\"").append(ids.id("msg_01", 22));
        out.append("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":");
        return Json.string(out, ask.model().full()).append(",\"container\":null");
    }

    /** A thinking block's text as it is returned, which is what its signature covers. */
    String thinking(Choice choice) {
        return thinkingShown ? choice.wholeReasoning() : "";
    }

    /** A {@code tool_use} block up to the value of its input. */
    static StringBuilder toolHead(StringBuilder out, ToolCall call) {
        out.append("{\"type\":\"tool_use\",\"id\":\"toolu_01").append(call.id(), 0, 22);
        Json.string(out.append("\",\"caller\":{\"type\":\"direct\"},\"name\":"), call.name());
        return out.append(",\"input\":");
    }

    /** The fields that say why a message ended. */
    static void ending(StringBuilder out, Ending ending) {
        out.append("\"stop_reason\":\"").append(reason(ending)).append("\",\"stop_sequence\":");
        out.append(ending instanceof Ending.Stopped(String at) ? Json.quote(at) : "null");
        out.append(",\"stop_details\":");
        boolean refused = reason(ending).equals("refusal");
        out.append(refused ? "{\"type\":\"refusal\",\"category\":\"general_harms\",\"explanation\":null}" : "null");
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case Ending.Done() -> "end_turn";
            case Ending.Length() -> "max_tokens";
            case Ending.Stopped(String at) -> "stop_sequence";
            case Ending.Called() -> "tool_use";
            case Ending.Filtered(), Ending.Refused() -> "refusal";
        };
    }

    /** Usage as a whole message and {@code message_start} tell it. */
    static StringBuilder usage(StringBuilder out, Usage usage, int outputTokens) {
        tokens(out.append('{'), usage);
        out.append(",\"cache_creation\":{\"ephemeral_5m_input_tokens\":").append(usage.cacheWritten());
        out.append(",\"ephemeral_1h_input_tokens\":0},\"output_tokens\":").append(outputTokens);
        details(out, outputTokens == usage.completion() ? usage.reasoning() : 0);
        serverTools(out, usage);
        return out.append(",\"service_tier\":\"standard\",\"inference_geo\":\"global\"}");
    }

    /** The tokens of the prompt. What was cached is not counted again as input. */
    static void tokens(StringBuilder out, Usage usage) {
        out.append("\"input_tokens\":").append(usage.prompt() - usage.cached() - usage.cacheWritten());
        out.append(",\"cache_creation_input_tokens\":").append(usage.cacheWritten());
        out.append(",\"cache_read_input_tokens\":").append(usage.cached());
    }

    static void serverTools(StringBuilder out, Usage usage) {
        int searches = usage.beside().searches();
        out.append(",\"server_tool_use\":")
                .append(searches == 0 ? "null" : "{\"web_search_requests\":" + searches + ",\"web_fetch_requests\":0}");
    }

    static void details(StringBuilder out, int thinking) {
        out.append(",\"output_tokens_details\":")
                .append(thinking == 0 ? "null" : "{\"thinking_tokens\":" + thinking + "}");
    }
}
