package dev.laneway.testkit.ollama;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that was understood: writes one object, or one a line.
 *
 * @param ask what was asked
 * @param generates whether the answer is a text and not a message
 */
record OllamaCall(Ask ask, boolean generates) implements VendorCall {
    private static final Choice NOTHING = new Choice(List.of(), List.of(), List.of(), new Ending.Done());

    @Override
    public String whole(Answer answer, CallIds ids) {
        Choice choice = choice(answer);
        return last(answer, choice, ids, choice.wholeText(), choice.wholeReasoning());
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        Choice choice = choice(answer);
        List<Chunk> chunks = new ArrayList<>();
        for (String token : choice.reasoning()) {
            chunks.add(new Chunk(
                    open(ids, "", token, List.of()).append(",\"done\":false}\n").toString(), 1));
        }
        for (List<String> group :
                StreamScript.grouped(choice.text(), ask.model().behaviour().chunks())) {
            String text = String.join("", group);
            chunks.add(new Chunk(
                    open(ids, text, "", List.of()).append(",\"done\":false}\n").toString(), group.size()));
        }
        return new StreamScript("", chunks, "", last(answer, choice, ids, "", "") + "\n");
    }

    private static Choice choice(Answer answer) {
        return answer.choices().isEmpty() ? NOTHING : answer.choices().getFirst();
    }

    private String last(Answer answer, Choice choice, CallIds ids, String text, String thought) {
        boolean cut = choice.ending() instanceof Ending.Length;
        StringBuilder out = open(ids, text, thought, cut ? List.of() : choice.calls());
        out.append(",\"done\":true,\"done_reason\":\"").append(cut ? "length" : "stop");
        out.append("\",\"total_duration\":121963577,\"load_duration\":1231218");
        if (answer.usageTold()) {
            Usage usage = answer.usage();
            out.append(",\"prompt_eval_count\":").append(usage.prompt());
            out.append(",\"prompt_eval_duration\":53095000,\"eval_count\":").append(usage.completion());
            out.append(",\"eval_duration\":61901000");
        }
        return out.append('}').toString();
    }

    private StringBuilder open(CallIds ids, String text, String thought, List<ToolCall> calls) {
        StringBuilder out = new StringBuilder(256);
        Json.string(out.append("{\"model\":"), ask.model().full());
        out.append(",\"created_at\":\"")
                .append(Instant.ofEpochSecond(ids.created(), ids.bits() & 0xFFFFFF))
                .append('"');
        if (generates) {
            Json.string(out.append(",\"response\":"), text);
            thought(out, thought);
            return out;
        }
        Json.string(out.append(",\"message\":{\"role\":\"assistant\",\"content\":"), text);
        thought(out, thought);
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            out.append(i == 0 ? ",\"tool_calls\":[" : ",").append("{\"id\":\"").append(call.id());
            Json.string(out.append("\",\"function\":{\"index\":").append(i).append(",\"name\":"), call.name());
            out.append(",\"arguments\":").append(call.arguments()).append("}}");
        }
        return out.append(calls.isEmpty() ? "}" : "]}");
    }

    private static void thought(StringBuilder out, String thought) {
        if (!thought.isEmpty()) {
            Json.string(out.append(",\"thinking\":"), thought);
        }
    }
}
