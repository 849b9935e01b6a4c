package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
import dev.laneway.testkit.answers.Tokens;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.StreamScript.Chunk;
import java.util.ArrayList;
import java.util.List;

/** Writes one streamed response: each item is added, grows, and is done; then the response is. */
final class ResponsesStream {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ResponsesCall call;
    private final CallIds ids;
    private final List<Chunk> chunks = new ArrayList<>();
    private final StringBuilder held = new StringBuilder();
    private final ArrayNode output = NODES.arrayNode();
    private int sequence;

    ResponsesStream(ResponsesCall call, CallIds ids) {
        this.call = call;
        this.ids = ids;
    }

    StreamScript write(Answer answer) {
        Choice choice = ResponsesCall.choice(answer);
        String opening = head("response.created", choice, answer) + head("response.in_progress", choice, answer);
        for (int i = 0; i < call.ask().beside().searches(); i++) {
            ObjectNode search = ResponsesCall.search(i, ids);
            added(search);
            done(search);
        }
        if (!choice.reasoning().isEmpty()) {
            reasoning(choice);
        }
        if (!choice.text().isEmpty()) {
            message(choice);
        }
        for (int i = 0; i < choice.calls().size(); i++) {
            call(choice.calls().get(i), i);
        }
        String status = ResponsesCall.status(choice.ending());
        ObjectNode end = event("response." + status);
        end.set("response", call.response(status, choice.ending(), output, answer, ids));
        String finish = held.toString();
        held.setLength(0);
        return new StreamScript(opening, chunks, finish, text(end));
    }

    private String head(String type, Choice choice, Answer answer) {
        ObjectNode event = event(type);
        event.set("response", call.response("in_progress", choice.ending(), NODES.arrayNode(), answer, ids));
        return text(event);
    }

    private ObjectNode event(String type) {
        return NODES.objectNode().put("type", type).put("sequence_number", sequence++);
    }

    private static String text(ObjectNode event) {
        return "event: " + event.path("type").asText() + "\ndata: " + event + "\n\n";
    }

    /** Goes out with the next piece of content. */
    private void hold(ObjectNode event) {
        held.append(text(event));
    }

    private void chunk(ObjectNode event, int tokens) {
        chunks.add(new Chunk(held + text(event), tokens));
        held.setLength(0);
    }

    private void added(ObjectNode item) {
        ObjectNode event = event("response.output_item.added").put("output_index", output.size());
        event.set("item", item);
        hold(event);
    }

    private void done(ObjectNode item) {
        ObjectNode event = event("response.output_item.done").put("output_index", output.size());
        event.set("item", item);
        hold(event);
        output.add(item);
    }

    private ObjectNode within(String type, ObjectNode item) {
        return event(type).put("item_id", item.path("id").asText()).put("output_index", output.size());
    }

    /** Without a summary nothing of it shows but its item. */
    private void reasoning(Choice choice) {
        ObjectNode item = call.reasoning(choice, ids);
        ObjectNode begun = item.deepCopy();
        begun.putArray("summary");
        added(begun);
        if (call.summarised()) {
            ObjectNode part =
                    within("response.reasoning_summary_part.added", item).put("summary_index", 0);
            part.putObject("part").put("type", "summary_text").put("text", "");
            hold(part);
            for (String token : choice.reasoning()) {
                chunk(
                        within("response.reasoning_summary_text.delta", item)
                                .put("summary_index", 0)
                                .put("delta", token),
                        1);
            }
            hold(within("response.reasoning_summary_text.done", item)
                    .put("summary_index", 0)
                    .put("text", choice.wholeReasoning()));
            ObjectNode whole =
                    within("response.reasoning_summary_part.done", item).put("summary_index", 0);
            whole.putObject("part").put("type", "summary_text").put("text", choice.wholeReasoning());
            hold(whole);
        }
        done(item);
    }

    private void message(Choice choice) {
        boolean refused = choice.ending() instanceof Ending.Refused;
        String kind = refused ? "refusal" : "output_text";
        ObjectNode item = ResponsesCall.message(choice, choice.wholeText(), ResponsesCall.status(choice.ending()), ids);
        added(ResponsesCall.message(choice, "", "in_progress", ids));
        ObjectNode part = within("response.content_part.added", item).put("content_index", 0);
        part.set("part", ResponsesCall.part(choice, ""));
        hold(part);
        int hidden = call.summarised() ? 0 : choice.reasoning().size();
        for (List<String> group : StreamScript.grouped(
                choice.text(), call.ask().model().behaviour().chunks())) {
            ObjectNode delta = within("response." + kind + ".delta", item)
                    .put("content_index", 0)
                    .put("delta", String.join("", group));
            if (!refused) {
                delta.putArray("logprobs");
                delta.put("obfuscation", "kQ3v");
            }
            chunk(delta, group.size() + hidden);
            hidden = 0;
        }
        ObjectNode end = within("response." + kind + ".done", item)
                .put("content_index", 0)
                .put(refused ? "refusal" : "text", choice.wholeText());
        if (!refused) {
            end.putArray("logprobs");
        }
        hold(end);
        ObjectNode whole = within("response.content_part.done", item).put("content_index", 0);
        whole.set("part", ResponsesCall.part(choice, choice.wholeText()));
        hold(whole);
        done(item);
    }

    private void call(ToolCall tool, int number) {
        ObjectNode item = ResponsesCall.call(tool, number, tool.arguments(), "completed", ids);
        added(ResponsesCall.call(tool, number, "", "in_progress", ids));
        int tokens = tool.tokens() - Tokens.of(tool.arguments());
        for (String piece : Tokens.pieces(tool.arguments())) {
            chunk(
                    within("response.function_call_arguments.delta", item)
                            .put("delta", piece)
                            .put("obfuscation", "kQ3v"),
                    1 + tokens);
            tokens = 0;
        }
        hold(within("response.function_call_arguments.done", item)
                .put("name", tool.name())
                .put("arguments", tool.arguments()));
        done(item);
    }
}
