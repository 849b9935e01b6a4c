package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Choice;
import dev.laneway.testkit.answers.Ending;
import dev.laneway.testkit.answers.ToolCall;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.StreamScript;
import dev.laneway.testkit.wire.VendorCall;
import java.util.List;

/**
 * A call of the Responses API that was understood: writes responses, whole and streamed.
 *
 * @param ask what was asked
 * @param body the request, which responses repeat in part
 */
record ResponsesCall(Ask ask, JsonNode body) implements VendorCall {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Choice NOTHING = new Choice(List.of(), List.of(), List.of(), new Ending.Done());

    @Override
    public String whole(Answer answer, CallIds ids) {
        ArrayNode output = NODES.arrayNode();
        Choice choice = choice(answer);
        for (int i = 0; i < ask.beside().searches(); i++) {
            output.add(search(i, ids));
        }
        if (!choice.reasoning().isEmpty()) {
            output.add(reasoning(choice, ids));
        }
        if (!choice.text().isEmpty()) {
            output.add(message(choice, choice.wholeText(), status(choice.ending()), ids));
        }
        for (int i = 0; i < choice.calls().size(); i++) {
            ToolCall call = choice.calls().get(i);
            output.add(call(call, i, call.arguments(), "completed", ids));
        }
        return response(status(choice.ending()), choice.ending(), output, answer, ids)
                .toString();
    }

    @Override
    public StreamScript stream(Answer answer, CallIds ids) {
        return new ResponsesStream(this, ids).write(answer);
    }

    /** A response has no choices, so that one without any is an empty one. */
    static Choice choice(Answer answer) {
        return answer.choices().isEmpty() ? NOTHING : answer.choices().getFirst();
    }

    static String status(Ending ending) {
        return switch (ending) {
            case Ending.Done _, Ending.Stopped _, Ending.Refused _, Ending.Called _ -> "completed";
            case Ending.Length _, Ending.Filtered _ -> "incomplete";
        };
    }

    /** @param status {@code in_progress} for one without an end or usage yet */
    ObjectNode response(String status, Ending ending, ArrayNode output, Answer answer, CallIds ids) {
        ObjectNode response = NODES.objectNode()
                .put("id", ids.id("resp_", 48))
                .put("object", "response")
                .put("created_at", ids.created())
                .put("status", status)
                .put("background", false)
                .putNull("error");
        if (status.equals("incomplete")) {
            response.putObject("incomplete_details")
                    .put("reason", ending instanceof Ending.Filtered ? "content_filter" : "max_output_tokens");
        } else {
            response.putNull("incomplete_details");
        }
        response.set("instructions", or("instructions", NODES.nullNode()));
        response.set("max_output_tokens", or("max_output_tokens", NODES.nullNode()));
        response.set("max_tool_calls", or("max_tool_calls", NODES.nullNode()));
        response.put("model", ask.model().full());
        response.set("output", output);
        response.set("parallel_tool_calls", or("parallel_tool_calls", NODES.booleanNode(true)));
        response.putNull("previous_response_id");
        response.set(
                "reasoning",
                or("reasoning", NODES.objectNode().putNull("effort").putNull("summary")));
        response.put("service_tier", ask.beside().tier().word());
        response.set("store", or("store", NODES.booleanNode(true)));
        response.set("temperature", or("temperature", NODES.numberNode(1.0)));
        response.set(
                "text",
                or("text", NODES.objectNode().set("format", NODES.objectNode().put("type", "text"))));
        response.set("tool_choice", or("tool_choice", NODES.textNode("auto")));
        response.set("tools", or("tools", NODES.arrayNode()));
        response.set("top_p", or("top_p", NODES.numberNode(1.0)));
        response.put("truncation", "disabled");
        if (status.equals("in_progress") || !answer.usageTold()) {
            response.putNull("usage");
        } else {
            usage(answer.usage(), response.putObject("usage"));
        }
        response.set("user", or("user", NODES.nullNode()));
        response.set("metadata", or("metadata", NODES.objectNode()));
        return response;
    }

    private JsonNode or(String field, JsonNode otherwise) {
        return body.hasNonNull(field) ? body.get(field) : otherwise;
    }

    private static void usage(Usage usage, ObjectNode to) {
        to.put("input_tokens", usage.prompt());
        to.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", 0);
        to.put("output_tokens", usage.completion());
        to.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        to.put("total_tokens", usage.total());
    }

    /** A search that was made, and is done. */
    static ObjectNode search(int number, CallIds ids) {
        ObjectNode item = NODES.objectNode()
                .put("id", ids.id("ws_", 46) + number)
                .put("type", "web_search_call")
                .put("status", "completed");
        item.putObject("action").put("type", "search").put("query", "lanes");
        return item;
    }

    /** The reasoning; as a summary where one was asked for, and encrypted where that was. */
    ObjectNode reasoning(Choice choice, CallIds ids) {
        ObjectNode item = NODES.objectNode().put("id", ids.id("rs_", 48)).put("type", "reasoning");
        ArrayNode summary = item.putArray("summary");
        if (summarised()) {
            summary.addObject().put("type", "summary_text").put("text", choice.wholeReasoning());
        }
        if (body.path("include").toString().contains("\"reasoning.encrypted_content\"")) {
            item.put("encrypted_content", ids.id(ResponsesReader.ENCRYPTED, 120));
        }
        return item;
    }

    boolean summarised() {
        return body.path("reasoning").path("summary").isTextual();
    }

    static ObjectNode message(Choice choice, String text, String status, CallIds ids) {
        ObjectNode item = NODES.objectNode()
                .put("id", ids.id("msg_", 48))
                .put("type", "message")
                .put("status", status);
        ArrayNode content = item.putArray("content");
        if (!status.equals("in_progress")) {
            content.add(part(choice, text));
        }
        return item.put("role", "assistant");
    }

    static ObjectNode part(Choice choice, String text) {
        ObjectNode part = NODES.objectNode();
        if (choice.ending() instanceof Ending.Refused) {
            return part.put("type", "refusal").put("refusal", text);
        }
        part.put("type", "output_text").putArray("annotations");
        part.putArray("logprobs");
        return part.put("text", text);
    }

    static ObjectNode call(ToolCall call, int number, String arguments, String status, CallIds ids) {
        return NODES.objectNode()
                .put("id", ids.id("fc_", 46) + number)
                .put("type", "function_call")
                .put("status", status)
                .put("arguments", arguments)
                .put("call_id", "call_" + call.id())
                .put("name", call.name());
    }
}
