package dev.laneway.testkit.openai;

import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Json;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.VendorCall;
import java.util.ArrayList;
import java.util.List;

/**
 * A legacy completion that was understood: writes {@code text_completion}s, whole and as a stream of the same.
 *
 * @param ask what was asked
 * @param echoes the prompts, where they are to stand before the answers; else none
 * @param perPrompt how many choices a prompt has
 * @param tellUsage whether a stream tells usage
 */
record TextCall(Ask ask, List<String> echoes, int perPrompt, boolean tellUsage) implements VendorCall {
    TextCall {
        echoes = List.copyOf(echoes);
    }

    @Override
    public String whole(Answer answer, CallIds ids) {
        StringBuilder out = begin(new StringBuilder(512), ids);
        for (int i = 0; i < answer.choices().size(); i++) {
            Choice choice = answer.choices().get(i);
            out.append(i == 0 ? "" : ",");
            choice(out, i, echo(i) + choice.wholeText(), '"' + ChatCall.reason(choice.ending()) + '"');
        }
        out.append(']');
        if (answer.usageTold()) {
            usage(out, answer);
        }
        return out.append('}').toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        String head = begin(new StringBuilder("data: "), ids).toString();
        List<StreamScript.Chunk> chunks = new ArrayList<>();
        StringBuilder finish = new StringBuilder();
        for (int i = 0; i < answer.choices().size(); i++) {
            Choice choice = answer.choices().get(i);
            String before = echo(i);
            for (List<String> group :
                    StreamScript.grouped(choice.text(), ask.model().behaviour().chunks())) {
                StringBuilder chunk = choice(new StringBuilder(head), i, before + String.join("", group), "null");
                chunks.add(new StreamScript.Chunk(chunk.append("]}\n\n").toString(), group.size()));
                before = "";
            }
            choice(finish.append(head), i, before, '"' + ChatCall.reason(choice.ending()) + '"');
            finish.append("]}\n\n");
        }
        if (tellUsage && answer.usageTold()) {
            usage(finish.append(head).append(']'), answer);
            finish.append("}\n\n");
        }
        return new StreamScript("", chunks, finish.toString(), "data: [DONE]\n\n");
    }

    private String echo(int choice) {
        return echoes.isEmpty() ? "" : echoes.get(choice / perPrompt);
    }

    private StringBuilder begin(StringBuilder out, CallIds ids) {
        out.append("{\"id\":\"").append(ids.id("cmpl-", 29));
        out.append("\",\"object\":\"text_completion\",\"created\":").append(ids.created());
        return Json.string(out.append(",\"model\":"), ask.model().full()).append(",\"choices\":[");
    }

    private static StringBuilder choice(StringBuilder out, int index, String text, String reason) {
        Json.string(out.append("{\"text\":"), text).append(",\"index\":").append(index);
        return out.append(",\"logprobs\":null,\"finish_reason\":")
                .append(reason)
                .append('}');
    }

    private static void usage(StringBuilder out, Answer answer) {
        out.append(",\"usage\":{\"prompt_tokens\":").append(answer.usage().prompt());
        out.append(",\"completion_tokens\":").append(answer.usage().completion());
        out.append(",\"total_tokens\":").append(answer.usage().total()).append('}');
    }
}
