package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Beside;
import dev.laneway.testkit.answers.Caching;
import dev.laneway.testkit.answers.OutputShape;
import dev.laneway.testkit.answers.PromptBuilder;
import dev.laneway.testkit.answers.Tool;
import dev.laneway.testkit.answers.ToolChoice;
import dev.laneway.testkit.answers.Tooling;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Reads and checks a request for a chat completion. Fields it doesn't know pass, as with most compatible vendors. */
final class ChatReader {
    private static final Set<String> CHOICES = Set.of("auto", "none", "required");

    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final FieldChecks checks = new FieldChecks();

    ChatReader(JsonNode body, ModelName model, RequestHead head) {
        this.body = body;
        this.model = model;
        this.head = head;
    }

    Reading read() {
        PromptBuilder prompt =
                new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
        Tooling tooling = tooling(prompt);
        new OpenAiMessages(checks, prompt).read(body.path("messages"));
        numbers();
        boolean stream = body.path("stream").asBoolean();
        JsonNode options = body.path("stream_options");
        checks.require(
                FieldChecks.absent(options) || stream,
                () -> OpenAiErrors.invalid(
                        null,
                        "stream_options",
                        "The 'stream_options' parameter is only allowed when 'stream' is enabled."));
        OutputShape shape = shape();
        Ask.Bounds bounds =
                new Ask.Bounds(maxTokens(), stops(), body.path("seed").asLong());
        if (checks.error().isPresent()) {
            return new Reading.Refused(checks.error().get());
        }
        Ask ask = new Ask(
                model,
                stream,
                prompt.build(Caching.AUTOMATIC),
                tooling,
                shape,
                bounds,
                reasoning(),
                body.path("n").asInt(1));
        ask = ask.with(beside(ask));
        return new Reading.Understood(new ChatCall(
                ask,
                Flavour.of(head.path(), model.base()),
                options.path("include_usage").asBoolean(),
                options.path("include_obfuscation").asBoolean(true),
                body.path("logprobs").asBoolean()));
    }

    private Beside beside(Ask ask) {
        boolean searches = false;
        for (JsonNode tool : body.path("tools")) {
            searches |= tool.path("type").asText().startsWith("web_search");
        }
        int recordings = body.path("messages").findValues("input_audio").size();
        boolean speaks = body.path("modalities").toString().contains("\"audio\"");
        return new Beside(
                searches
                        ? Beside.searches(
                                ask.prompt(), body.path("max_tool_calls").asInt())
                        : 0,
                recordings * Beside.SOUND_TOKENS,
                speaks ? Beside.SOUND_TOKENS : 0,
                Beside.Tier.of(body.path("service_tier").asText()));
    }

    private void numbers() {
        checks.bool(body, "stream");
        checks.bool(body, "logprobs");
        checks.integer(body, "n", 1, 128);
        checks.integer(body, "max_tokens", 1, Integer.MAX_VALUE);
        checks.integer(body, "max_completion_tokens", 1, Integer.MAX_VALUE);
        checks.integer(body, "seed", Long.MIN_VALUE, Long.MAX_VALUE);
        checks.integer(body, "top_logprobs", 0, 20);
        checks.decimal(body, "temperature", 0, 2);
        checks.decimal(body, "top_p", 0, 1);
        checks.decimal(body, "presence_penalty", -2, 2);
        checks.decimal(body, "frequency_penalty", -2, 2);
    }

    private OptionalInt maxTokens() {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            if (body.path(name).isIntegralNumber()) {
                return OptionalInt.of(body.get(name).asInt());
            }
        }
        return OptionalInt.empty();
    }

    private List<String> stops() {
        JsonNode stop = body.path("stop");
        if (FieldChecks.absent(stop)) {
            return List.of();
        }
        checks.require(
                stop.isTextual() || stop.isArray(),
                () -> OpenAiErrors.wrongType("stop", "a string or array of strings", FieldChecks.kind(stop)));
        checks.require(
                stop.size() <= 4,
                () -> OpenAiErrors.invalid(
                        "array_above_max_length",
                        "stop",
                        "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array"
                                + " with length " + stop.size() + " instead."));
        List<String> stops = new ArrayList<>();
        if (stop.isTextual()) {
            stops.add(stop.asText());
        }
        stop.forEach(text -> stops.add(text.asText()));
        return stops;
    }

    private int reasoning() {
        int tokens = switch (body.path("reasoning_effort").asText("")) {
            case "minimal" -> 16;
            case "low" -> 64;
            case "medium" -> 128;
            case "high" -> 256;
            case "xhigh", "max" -> 512;
            default -> 0;
        };
        return Math.max(tokens, model.behaviour().reasoning());
    }

    private OutputShape shape() {
        JsonNode format = body.path("response_format");
        String type = format.path("type").asText("text");
        checks.require(
                Set.of("text", "json_object", "json_schema").contains(type),
                () -> OpenAiErrors.badValue("response_format.type", type, "'json_object', 'json_schema', and 'text'"));
        if (type.equals("json_object")) {
            return new OutputShape.JsonObject();
        }
        if (!type.equals("json_schema")) {
            return new OutputShape.Prose();
        }
        checks.require(
                format.path("json_schema").path("name").isTextual(),
                () -> OpenAiErrors.missing("response_format.json_schema.name"));
        return new OutputShape.Schema(format.path("json_schema").path("schema"));
    }

    private Tooling tooling(PromptBuilder prompt) {
        JsonNode tools = body.path("tools");
        JsonNode choice = body.path("tool_choice");
        if (FieldChecks.absent(tools)) {
            checks.require(
                    FieldChecks.absent(choice) || choice.asText().equals("none"),
                    () -> OpenAiErrors.invalid(
                            null,
                            "tool_choice",
                            "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are"
                                    + " specified."));
            checks.require(
                    FieldChecks.absent(body.path("parallel_tool_calls")),
                    () -> OpenAiErrors.invalid(
                            null,
                            "parallel_tool_calls",
                            "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when"
                                    + " 'tools' are specified."));
            return Tooling.NONE;
        }
        checks.require(
                tools.isArray(), () -> OpenAiErrors.wrongType("tools", "an array of objects", FieldChecks.kind(tools)));
        checks.require(!tools.isEmpty(), () -> OpenAiErrors.emptyArray("tools"));
        List<Tool> offered = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools[" + i + "]", offered);
            prompt.other(tools.get(i));
        }
        prompt.mark();
        boolean parallel = body.path("parallel_tool_calls").asBoolean(true);
        return new Tooling(offered, choice(choice, offered), parallel, "");
    }

    private void tool(JsonNode tool, String at, List<Tool> offered) {
        checks.require(!tool.path("type").isMissingNode(), () -> OpenAiErrors.missing(at + ".type"));
        if (tool.path("type").asText().equals("function")) {
            JsonNode function = tool.path("function");
            String name = function.path("name").asText("");
            checks.require(!name.isEmpty(), () -> OpenAiErrors.missing(at + ".function.name"));
            checks.require(
                    name.matches("[a-zA-Z0-9_-]{1,64}"),
                    () -> OpenAiErrors.invalid(
                            "invalid_value",
                            at + ".function.name",
                            "Invalid '" + at + ".function.name': string does not match pattern. Expected a string that"
                                    + " matches the pattern '^[a-zA-Z0-9_-]+$'."));
            JsonNode schema = function.path("parameters");
            offered.add(new Tool(name, schema.isObject() ? schema : emptySchema()));
        }
    }

    private static JsonNode emptySchema() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private ToolChoice choice(JsonNode choice, List<Tool> offered) {
        if (FieldChecks.absent(choice)) {
            return new ToolChoice.Auto();
        }
        if (choice.isTextual()) {
            checks.require(
                    CHOICES.contains(choice.asText()),
                    () -> OpenAiErrors.badValue("tool_choice", choice.asText(), "'none', 'auto', and 'required'"));
            return switch (choice.asText()) {
                case "none" -> new ToolChoice.Never();
                case "required" -> new ToolChoice.Some();
                default -> new ToolChoice.Auto();
            };
        }
        if (choice.path("type").asText().equals("allowed_tools")) {
            boolean required =
                    choice.path("allowed_tools").path("mode").asText().equals("required");
            return required ? new ToolChoice.Some() : new ToolChoice.Auto();
        }
        String name = choice.path("function").path("name").asText();
        checks.require(
                offered.stream().anyMatch(tool -> tool.name().equals(name)),
                () -> OpenAiErrors.invalid(
                        null,
                        "tool_choice",
                        "Invalid value for 'tool_choice': tool '" + name + "' not found in 'tools'."));
        return new ToolChoice.Named(name);
    }
}
