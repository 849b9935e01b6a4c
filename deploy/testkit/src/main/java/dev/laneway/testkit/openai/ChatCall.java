package dev.laneway.testkit.openai;

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
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A chat completion that was understood: writes {@code chat.completion} bodies and streams of
 * {@code chat.completion.chunk}.
 *
 * @param ask what was asked
 * @param flavour whose variant is spoken
 * @param tellUsage whether a stream tells usage ({@code stream_options.include_usage})
 * @param obfuscate whether chunks carry {@code obfuscation}
 * @param logprobs whether log probabilities were asked for
 */
record ChatCall(Ask ask, Flavour flavour, boolean tellUsage, boolean obfuscate, boolean logprobs)
        implements VendorCall {
    private static final String FILTERS = "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"self_harm\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"violence\":{\"filtered\":false,\"severity\":\"safe\"}}";

    @Override
    public String whole(Answer answer, CallIds ids) {
        StringBuilder out = new StringBuilder(512);
        out.append("{\"id\":\"").append(ids.id("chatcmpl-", 29));
        out.append("\",\"object\":\"chat.completion\",\"created\":")
                .append(ids.created())
                .append(",\"model\":");
        Json.string(out, ask.model().full()).append(",\"choices\":[");
        for (int i = 0; i < answer.choices().size(); i++) {
            choice(out.append(i == 0 ? "" : ","), answer.choices().get(i), i);
        }
        out.append(']');
        if (answer.usageTold()) {
            usage(out.append(",\"usage\":"), answer.usage(), flavour);
        }
        if (flavour == Flavour.AZURE) {
            out.append(",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":")
                    .append(FILTERS)
                    .append("}]");
        }
        return out.append(tail()).append('}').toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        return new ChatStream(this, ids).write(answer);
    }

    private void choice(StringBuilder out, Choice choice, int index) {
        boolean refused = choice.ending() instanceof Ending.Refused;
        boolean silent = !choice.calls().isEmpty() && choice.text().isEmpty();
        out.append("{\"index\":").append(index).append(",\"message\":{\"role\":\"assistant\",\"content\":");
        if (refused || silent) {
            out.append("null");
        } else {
            Json.string(out, choice.text());
        }
        if (flavour == Flavour.DEEPSEEK) {
            Json.string(out.append(",\"reasoning_content\":"), choice.reasoning());
        } else {
            out.append(",\"refusal\":");
            if (refused) {
                Json.string(out, choice.text());
            } else {
                out.append("null");
            }
            out.append(",\"annotations\":[]");
        }
        if (!choice.calls().isEmpty()) {
            out.append(",\"tool_calls\":[");
            for (int i = 0; i < choice.calls().size(); i++) {
                ToolCall call = choice.calls().get(i);
                head(out.append(i == 0 ? "" : ","), call);
                Json.string(out.append(",\"arguments\":"), call.arguments()).append("}}");
            }
            out.append(']');
        }
        out.append("},\"logprobs\":");
        logprobs(out, choice.text(), refused);
        if (flavour == Flavour.AZURE) {
            out.append(",\"content_filter_results\":").append(FILTERS);
        }
        out.append(",\"finish_reason\":\"").append(reason(choice.ending())).append("\"}");
    }

    /** The beginning of a tool call, up to its name. */
    static void head(StringBuilder out, ToolCall call) {
        out.append("{\"id\":\"call_").append(call.id()).append("\",\"type\":\"function\",\"function\":{\"name\":");
        Json.string(out, call.name());
    }

    void logprobs(StringBuilder out, List<String> tokens, boolean refused) {
        if (!logprobs || tokens.isEmpty()) {
            out.append("null");
            return;
        }
        out.append(refused ? "{\"content\":null,\"refusal\":[" : "{\"content\":[");
        for (int i = 0; i < tokens.size(); i++) {
            Json.string(out.append(i == 0 ? "{\"token\":" : ",{\"token\":"), tokens.get(i));
            out.append(",\"logprob\":-0.25,\"bytes\":[");
            byte[] bytes = tokens.get(i).getBytes(StandardCharsets.UTF_8);
            for (int b = 0; b < bytes.length; b++) {
                out.append(b == 0 ? "" : ",").append(bytes[b] & 0xff);
            }
            out.append("],\"top_logprobs\":[]}");
        }
        out.append(refused ? "]}" : "],\"refusal\":null}");
    }

    static String reason(Ending ending) {
        return switch (ending) {
            case Ending.Done _, Ending.Stopped _, Ending.Refused _ -> "stop";
            case Ending.Length() -> "length";
            case Ending.Called() -> "tool_calls";
            case Ending.Filtered() -> "content_filter";
        };
    }

    static void usage(StringBuilder out, Usage usage, Flavour flavour) {
        out.append("{\"prompt_tokens\":").append(usage.prompt());
        out.append(",\"completion_tokens\":").append(usage.completion());
        out.append(",\"total_tokens\":").append(usage.total());
        out.append(",\"prompt_tokens_details\":{\"cached_tokens\":").append(usage.cached());
        if (flavour == Flavour.DEEPSEEK) {
            out.append("},\"completion_tokens_details\":{\"reasoning_tokens\":").append(usage.reasoning());
            out.append("},\"prompt_cache_hit_tokens\":").append(usage.cached());
            out.append(",\"prompt_cache_miss_tokens\":").append(usage.prompt() - usage.cached());
            out.append('}');
            return;
        }
        out.append(",\"audio_tokens\":").append(usage.beside().soundIn());
        out.append("},\"completion_tokens_details\":{\"reasoning_tokens\":").append(usage.reasoning());
        out.append(",\"audio_tokens\":").append(usage.beside().soundOut());
        out.append(",\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}");
    }

    /** What ends a body and every chunk alike, its leading comma included. */
    String tail() {
        return switch (flavour) {
            case OPENAI ->
                ",\"service_tier\":\"" + ask.beside().tier().word() + "\",\"system_fingerprint\":\"fp_5a1e0c9d7b\"";
            case AZURE -> ",\"system_fingerprint\":null";
            case DEEPSEEK -> ",\"system_fingerprint\":\"fp_5a1e0c9d7b_prod\"";
        };
    }

    static String filters() {
        return FILTERS;
    }
}
