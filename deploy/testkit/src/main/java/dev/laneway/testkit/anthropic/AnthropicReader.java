package dev.laneway.testkit.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and checks a request for a message, or for a count of its tokens. */
final class AnthropicReader {
    private static final Pattern NO_PREFILL = Pattern.compile("claude-(opus|sonnet|haiku)-(4-[6-9]|[5-9])");
    private static final String VERTEX_VERSION = "vertex-2023-10-16";
    private static final String SAMPLING_LEFT = "2026-10-21";
    private static final String PREFACE = "I'll use the tools at hand for that.";
    private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");
    private static final Set<String> FIELDS = Set.of(
            "cache_control",
            "container",
            "inference_geo",
            "max_tokens",
            "messages",
            "metadata",
            "model",
            "output_config",
            "service_tier",
            "stop_sequences",
            "stream",
            "system",
            "temperature",
            "thinking",
            "tool_choice",
            "tools",
            "top_k",
            "top_p",
            "user_profile_id");

    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final ThinkingSignature signatures;
    private final boolean counting;
    private final AnthropicChecks checks = new AnthropicChecks();

    AnthropicReader(JsonNode body, ModelName model, RequestHead head, ThinkingSignature signatures, boolean counting) {
        this.body = body;
        this.model = model;
        this.head = head;
        this.signatures = signatures;
        this.counting = counting;
    }

    Reading read() {
        fields();
        PromptBuilder prompt =
                new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
        Thinking thinking = thinking();
        Tooling tooling = tooling(prompt, thinking);
        MessagesReader messages = new MessagesReader(checks, prompt, signatures);
        messages.system(body.path("system"));
        messages.read(body.path("messages"));
        thinkingComesFirst();
        mayBegin(thinking);
        if (body.path("cache_control").isObject()) {
            prompt.mark();
        }
        OutputShape shape = shape();
        if (checks.error().isPresent()) {
            return new Reading.Refused(checks.error().get());
        }
        Ask ask = new Ask(
                model,
                body.path("stream").asBoolean(),
                prompt.build(Caching.MARKED),
                tooling,
                shape,
                new Ask.Bounds(
                        counting
                                ? OptionalInt.empty()
                                : OptionalInt.of(body.path("max_tokens").asInt()),
                        stops(),
                        0),
                thinking.tokens(),
                1);
        ask = ask.with(beside(ask));
        return new Reading.Understood(new MessageCall(ask, thinking.shown(), signatures));
    }

    private Beside beside(Ask ask) {
        int searches = 0;
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asText().startsWith("web_search_")) {
                searches = Beside.searches(ask.prompt(), tool.path("max_uses").asInt());
            }
        }
        return new Beside(searches, 0, 0, Beside.Tier.DEFAULT);
    }

    private void fields() {
        boolean vertex = head.path().contains("awPredict");
        String version = vertex ? body.path("anthropic_version").textValue() : head.header("anthropic-version");
        if (vertex) {
            checks.require(
                    VERTEX_VERSION.equals(version), "anthropic_version: Input should be '" + VERTEX_VERSION + "'");
            boolean streams = head.path().endsWith(":streamRawPredict");
            checks.require(body.path("stream").asBoolean() == streams, "stream: does not go with the path");
        } else {
            checks.require(version != null, "anthropic-version: header is required");
        }
        boolean beta = head.header("anthropic-beta") != null;
        boolean noSampling = !vertex && version != null && version.compareTo(SAMPLING_LEFT) >= 0;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String name = field.getKey();
            boolean elsewhere = vertex && name.equals("model");
            boolean own = vertex && name.equals("anthropic_version");
            boolean known = (beta || own || FIELDS.contains(name)) && !(noSampling && SAMPLING.contains(name));
            checks.require(known && !elsewhere, name + ": Extra inputs are not permitted");
        }
        checks.require(counting || !body.path("max_tokens").isMissingNode(), "max_tokens: Field required");
        checks.integer(body, "max_tokens", 1);
        checks.bool(body, "stream");
        checks.fraction(body, "temperature");
        checks.fraction(body, "top_p");
        checks.integer(body, "top_k", 0);
    }

    private List<String> stops() {
        List<String> stops = new ArrayList<>();
        body.path("stop_sequences").forEach(stop -> stops.add(stop.asText()));
        return stops;
    }

    private Thinking thinking() {
        JsonNode thinking = body.path("thinking");
        boolean shown = !thinking.path("display").asText().equals("omitted");
        int unasked = model.behaviour().reasoning();
        return switch (thinking.path("type").asText("disabled")) {
            case "enabled" -> {
                budget(thinking.path("budget_tokens"));
                yield new Thinking(Math.max(64, unasked), shown);
            }
            case "adaptive" -> new Thinking(Math.max(32, unasked), shown);
            case "disabled" -> new Thinking(unasked, true);
            default -> {
                checks.require(
                        false,
                        "thinking: Input tag does not match any of the expected tags: 'adaptive', 'disabled',"
                                + " 'enabled'");
                yield new Thinking(0, true);
            }
        };
    }

    private void budget(JsonNode budget) {
        checks.require(budget.isIntegralNumber(), "thinking.enabled.budget_tokens: Field required");
        checks.require(
                budget.asInt() >= 1024,
                "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
        checks.require(
                counting || budget.asInt() < body.path("max_tokens").asInt(),
                "`max_tokens` must be greater than `thinking.budget_tokens`");
        checks.require(
                !body.has("temperature") || body.get("temperature").asDouble() == 1,
                "`temperature` may only be set to 1 when thinking is enabled");
    }

    /** With thinking on by budget, the last assistant message must keep the thinking that led to its tool calls. */
    private void thinkingComesFirst() {
        JsonNode messages = body.path("messages");
        if (!body.path("thinking").path("type").asText().equals("enabled")) {
            return;
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            JsonNode content = messages.get(i).path("content");
            boolean calls = false;
            for (JsonNode block : content.isArray() ? content : messages.path("none")) {
                calls |= block.path("type").asText().equals("tool_use");
            }
            if (messages.get(i).path("role").asText().equals("assistant")) {
                String first = content.path(0).path("type").asText();
                checks.require(
                        !calls || first.endsWith("thinking"),
                        "messages." + i + ".content.0.type: Expected `thinking` or `redacted_thinking`, but found `"
                                + first + "`. When `thinking` is enabled, a final `assistant` message must start with"
                                + " a thinking block (preceeding the lastmost set of `tool_use` and `tool_result`"
                                + " blocks).");
                return;
            }
        }
    }

    /** Which models take a last turn of the assistant, by their names; and none does that is to think. */
    private void mayBegin(Thinking thinking) {
        JsonNode messages = body.path("messages");
        boolean begun = messages.path(messages.size() - 1).path("role").asText().equals("assistant");
        checks.require(
                !begun || !NO_PREFILL.matcher(model.base()).find(),
                "This model does not support assistant message prefill. The conversation must end with a user message.");
        checks.require(
                !begun || thinking.tokens() == 0 || AnthropicChecks.absent(body.path("thinking")),
                "messages: a final assistant message can't be given when thinking is enabled");
    }

    private OutputShape shape() {
        JsonNode format = body.path("output_config").path("format");
        if (AnthropicChecks.absent(format)) {
            format = body.path("output_format");
        }
        if (AnthropicChecks.absent(format)) {
            return new OutputShape.Prose();
        }
        checks.require(
                format.path("type").asText().equals("json_schema"),
                "output_config.format.type: Input should be 'json_schema'");
        checks.require(format.path("schema").isObject(), "output_config.format.schema: Field required");
        return new OutputShape.Schema(format.path("schema"));
    }

    private Tooling tooling(PromptBuilder prompt, Thinking thinking) {
        JsonNode tools = body.path("tools");
        JsonNode choice = body.path("tool_choice");
        if (AnthropicChecks.absent(tools) || tools.isEmpty()) {
            String type = choice.path("type").asText("auto");
            checks.require(
                    AnthropicChecks.absent(choice) || type.equals("none"),
                    "tool_choice: can only be specified when `tools` are provided");
            return Tooling.NONE;
        }
        checks.require(tools.isArray(), "tools: Input should be a valid list");
        List<Tool> offered = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            tool(tools.get(i), "tools." + i, offered);
            prompt.other(tools.get(i));
            if (tools.get(i).path("cache_control").isObject()) {
                prompt.mark();
            }
        }
        boolean parallel = !choice.path("disable_parallel_tool_use").asBoolean();
        return new Tooling(offered, choice(choice, offered, thinking), parallel, PREFACE);
    }

    private void tool(JsonNode tool, String at, List<Tool> offered) {
        String type = tool.path("type").asText("custom");
        String name = tool.path("name").asText();
        checks.require(tool.path("name").isTextual() || !type.equals("custom"), at + ".custom.name: Field required");
        if (!type.equals("custom")) {
            return;
        }
        checks.require(
                name.matches("[a-zA-Z0-9_-]{1,128}"),
                at + ".custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
        JsonNode schema = tool.path("input_schema");
        checks.require(schema.isObject(), at + ".custom.input_schema: Field required");
        checks.require(
                schema.path("type").asText().equals("object"),
                at + ".custom.input_schema.type: Input should be 'object'");
        offered.add(new Tool(name, schema));
    }

    private ToolChoice choice(JsonNode choice, List<Tool> offered, Thinking thinking) {
        if (AnthropicChecks.absent(choice)) {
            return new ToolChoice.Auto();
        }
        String type = choice.path("type").asText();
        boolean forced = type.equals("any") || type.equals("tool");
        checks.require(
                !forced
                        || thinking.tokens() == 0
                        || !body.path("thinking").path("type").asText().equals("enabled"),
                "Thinking may not be enabled when tool_choice forces tool use.");
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Some();
            case "none" -> new ToolChoice.Never();
            case "tool" -> {
                String name = choice.path("name").asText();
                checks.require(
                        offered.stream().anyMatch(tool -> tool.name().equals(name)),
                        "Tool '" + name + "' not found in provided tools");
                yield new ToolChoice.Named(name);
            }
            default -> {
                checks.require(
                        false,
                        "tool_choice: Input tag '" + type
                                + "' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'");
                yield new ToolChoice.Auto();
            }
        };
    }
}
