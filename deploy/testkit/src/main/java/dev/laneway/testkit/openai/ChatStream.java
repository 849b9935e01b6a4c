package dev.laneway.testkit.openai;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
import dev.laneway.testkit.answers.Tokens;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.StreamScript.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one stream of {@code chat.completion.chunk}: the role, the content, the finish reason, the usage where asked,
 * {@code [DONE]}. A tool call that comes first shares its chunk with the role; its arguments come in pieces.
 */
final class ChatStream {
    private final ChatCall call;
    private final String head;
    private final String tail;

    ChatStream(ChatCall call, CallIds ids) {
        this.call = call;
        StringBuilder before = new StringBuilder(256);
        before.append("data: {\"id\":\"").append(ids.id("chatcmpl-", 29));
        before.append("\",\"object\":\"chat.completion.chunk\",\"created\":").append(ids.created());
        Json.string(before.append(",\"model\":"), call.ask().model().full());
        this.head = before.append(call.tail()).append(",\"choices\":[").toString();
        this.tail = (usageNull() ? ",\"usage\":null" : "")
                + (call.obfuscate() && call.flavour() == Flavour.OPENAI ? ",\"obfuscation\":\"vR3kQ\"" : "")
                + "}\n\n";
    }

    private boolean usageNull() {
        return call.flavour() == Flavour.DEEPSEEK || (call.tellUsage() && call.flavour() == Flavour.OPENAI);
    }

    StreamScript write(Answer answer) {
        StringBuilder opening = new StringBuilder();
        if (call.flavour() == Flavour.AZURE) {
            opening.append("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\",")
                    .append("\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":")
                    .append(ChatCall.filters())
                    .append("}]}\n\n");
        }
        List<List<Chunk>> perChoice = new ArrayList<>();
        StringBuilder finish = new StringBuilder();
        for (int i = 0; i < answer.choices().size(); i++) {
            Choice choice = answer.choices().get(i);
            opening.append(role(choice, i));
            perChoice.add(content(choice, i));
            boolean last = i == answer.choices().size() - 1;
            finish.append(finish(answer, choice, i, last));
        }
        if (call.tellUsage() && answer.usageTold() && call.flavour() != Flavour.DEEPSEEK) {
            StringBuilder usage = new StringBuilder(head).append("],\"usage\":");
            ChatCall.usage(usage, answer.usage(), call.flavour());
            finish.append(usage).append(tail.replace(",\"usage\":null", ""));
        }
        return new StreamScript(opening.toString(), interleaved(perChoice), finish.toString(), "data: [DONE]\n\n");
    }

    private String role(Choice choice, int index) {
        StringBuilder delta = new StringBuilder("\"role\":\"assistant\",\"content\":");
        if (call.flavour() == Flavour.DEEPSEEK) {
            delta.append("null,\"reasoning_content\":\"\"");
        } else if (!choice.calls().isEmpty() && choice.text().isEmpty()) {
            delta.append("null,\"tool_calls\":[");
            toolHead(delta, choice.calls().getFirst(), 0).append("],\"refusal\":null");
        } else {
            delta.append("\"\",\"refusal\":null");
        }
        return chunk(index, delta, "null", "null");
    }

    private List<Chunk> content(Choice choice, int index) {
        List<Chunk> chunks = new ArrayList<>();
        int hidden = choice.reasoning().size();
        if (call.flavour() == Flavour.DEEPSEEK) {
            for (String token : choice.reasoning()) {
                StringBuilder delta = new StringBuilder("\"content\":null,\"reasoning_content\":");
                chunks.add(new Chunk(chunk(index, Json.string(delta, token), "null", "null"), 1));
            }
            hidden = 0;
        }
        boolean refused = choice.ending() instanceof Ending.Refused;
        for (List<String> group : StreamScript.grouped(
                choice.text(), call.ask().model().behaviour().chunks())) {
            StringBuilder delta = new StringBuilder(64).append(refused ? "\"refusal\":" : "\"content\":");
            Json.string(delta, group);
            if (call.flavour() == Flavour.DEEPSEEK) {
                delta.append(",\"reasoning_content\":null");
            }
            StringBuilder logprobs = new StringBuilder();
            call.logprobs(logprobs, group, refused);
            chunks.add(new Chunk(chunk(index, delta, logprobs, "null"), group.size() + hidden));
            hidden = 0;
        }
        for (int i = 0; i < choice.calls().size(); i++) {
            toolCall(chunks, choice, index, i, hidden);
            hidden = 0;
        }
        return chunks;
    }

    private void toolCall(List<Chunk> chunks, Choice choice, int index, int number, int hidden) {
        ToolCall tool = choice.calls().get(number);
        int tokens = tool.tokens() - Tokens.of(tool.arguments()) + hidden;
        if (number > 0 || !choice.text().isEmpty()) {
            StringBuilder delta = toolHead(new StringBuilder("\"tool_calls\":["), tool, number);
            chunks.add(new Chunk(chunk(index, delta.append(']'), "null", "null"), tokens));
            tokens = 0;
        }
        for (String piece : Tokens.pieces(tool.arguments())) {
            StringBuilder delta = new StringBuilder("\"tool_calls\":[{\"index\":").append(number);
            Json.string(delta.append(",\"function\":{\"arguments\":"), piece).append("}}]");
            chunks.add(new Chunk(chunk(index, delta, "null", "null"), 1 + tokens));
            tokens = 0;
        }
    }

    private static StringBuilder toolHead(StringBuilder out, ToolCall tool, int number) {
        out.append("{\"index\":").append(number).append(",\"id\":\"call_").append(tool.id());
        Json.string(out.append("\",\"type\":\"function\",\"function\":{\"name\":"), tool.name());
        return out.append(",\"arguments\":\"\"}}");
    }

    private String finish(Answer answer, Choice choice, int index, boolean last) {
        String reason = '"' + ChatCall.reason(choice.ending()) + '"';
        if (call.flavour() != Flavour.DEEPSEEK) {
            return chunk(index, "", "null", reason);
        }
        String text = chunk(index, "\"content\":\"\",\"reasoning_content\":null", "null", reason);
        if (!last || !answer.usageTold()) {
            return text;
        }
        StringBuilder usage = new StringBuilder(",\"usage\":");
        ChatCall.usage(usage, answer.usage(), Flavour.DEEPSEEK);
        return text.replace(",\"usage\":null", usage);
    }

    private String chunk(int index, CharSequence delta, CharSequence logprobs, String reason) {
        StringBuilder out = new StringBuilder(head.length() + delta.length() + tail.length() + 96);
        out.append(head)
                .append("{\"index\":")
                .append(index)
                .append(",\"delta\":{")
                .append(delta)
                .append("},");
        out.append("\"logprobs\":")
                .append(logprobs)
                .append(",\"finish_reason\":")
                .append(reason);
        if (call.flavour() == Flavour.AZURE) {
            out.append(",\"content_filter_results\":")
                    .append(delta.toString().startsWith("\"content\"") ? ChatCall.filters() : "{}");
        }
        return out.append("}]").append(tail).toString();
    }

    private static List<Chunk> interleaved(List<List<Chunk>> perChoice) {
        if (perChoice.size() == 1) {
            return perChoice.getFirst();
        }
        List<Chunk> all = new ArrayList<>();
        boolean more = true;
        for (int i = 0; more; i++) {
            more = false;
            for (List<Chunk> chunks : perChoice) {
                if (i < chunks.size()) {
                    all.add(chunks.get(i));
                    more = true;
                }
            }
        }
        return all;
    }
}
