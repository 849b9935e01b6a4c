package dev.laneway.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Caching;
import dev.laneway.testkit.answers.OutputShape;
import dev.laneway.testkit.answers.PromptBuilder;
import dev.laneway.testkit.answers.Tool;
import dev.laneway.testkit.answers.ToolChoice;
import dev.laneway.testkit.answers.Tooling;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import dev.laneway.testkit.wire.VendorError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks a request of Converse, as far as its answer depends on it and as Bedrock is known to refuse. */
final class ConverseReader {
    private static final Set<String> FIELDS = Set.of(
            "messages",
            "system",
            "inferenceConfig",
            "toolConfig",
            "guardrailConfig",
            "additionalModelRequestFields",
            "additionalModelResponseFieldPaths",
            "promptVariables",
            "requestMetadata",
            "performanceConfig",
            "serviceTier",
            "outputConfig");

    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final PromptBuilder prompt;
    private final Set<String> open = new HashSet<>();
    private boolean toolBlocks;
    private @Nullable VendorError refusal;

    ConverseReader(JsonNode body, ModelName model, RequestHead head) {
        this.body = body;
        this.model = model;
        this.head = head;
        this.prompt = new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
    }

    Reading read() {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            require(FIELDS.contains(field.getKey()), "extraneous key [" + field.getKey() + "] is not permitted");
        }
        Tooling tooling = tooling(body.path("toolConfig"));
        if (body.has("system")) {
            prompt.message("system");
            body.path("system").forEach(block -> block(block, "system"));
        }
        messages(body.path("messages"));
        require(
                !toolBlocks || body.path("toolConfig").path("tools").size() > 0,
                "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        JsonNode limits = body.path("inferenceConfig");
        JsonNode thinking = body.path("additionalModelRequestFields").path("thinking");
        limits(limits, thinking);
        if (refusal != null) {
            return new Reading.Refused(refusal);
        }
        JsonNode most = limits.path("maxTokens");
        List<String> stops = new ArrayList<>();
        limits.path("stopSequences").forEach(stop -> stops.add(stop.asText()));
        int unasked = model.behaviour().reasoning();
        return new Reading.Understood(new ConverseCall(new Ask(
                model,
                head.path().endsWith("/converse-stream"),
                prompt.build(Caching.MARKED),
                tooling,
                new OutputShape.Prose(),
                new Ask.Bounds(most.isInt() ? OptionalInt.of(most.intValue()) : OptionalInt.empty(), stops, 0),
                thinking.isObject() ? Math.max(64, unasked) : unasked,
                1)));
    }

    private void limits(JsonNode limits, JsonNode thinking) {
        require(
                limits.path("maxTokens").isMissingNode()
                        || limits.path("maxTokens").asInt() >= 1,
                "Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value >= 1");
        for (String part : List.of("temperature", "topP")) {
            require(
                    limits.path(part).asDouble() >= 0 && limits.path(part).asDouble() <= 1,
                    "Value at 'inferenceConfig." + part
                            + "' failed to satisfy constraint: Member must have value <= 1");
        }
        require(
                !thinking.has("budget_tokens")
                        || thinking.path("budget_tokens").asInt()
                                < limits.path("maxTokens").asInt(),
                "The value of max_tokens must be greater than that of thinking.budget_tokens.");
    }

    private Tooling tooling(JsonNode config) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode tool : config.path("tools")) {
            prompt.other(tool);
            if (tool.has("toolSpec")) {
                JsonNode spec = tool.path("toolSpec");
                require(
                        spec.path("name").asText().matches("[a-zA-Z0-9_-]{1,64}")
                                && spec.path("inputSchema").path("json").isObject(),
                        "The tool specification is invalid.");
                tools.add(new Tool(
                        spec.path("name").asText(), spec.path("inputSchema").path("json")));
            }
        }
        if (tools.isEmpty()) {
            return Tooling.NONE;
        }
        JsonNode choice = config.path("toolChoice");
        ToolChoice chosen = choice.has("any")
                ? new ToolChoice.Some()
                : choice.has("tool")
                        ? new ToolChoice.Named(choice.path("tool").path("name").asText())
                        : new ToolChoice.Auto();
        return new Tooling(tools, chosen, true, "I'll use the tools at hand for that.");
    }

    private void messages(JsonNode messages) {
        require(messages.size() > 0, "The messages field is required.");
        String before = "";
        for (JsonNode message : messages) {
            String role = message.path("role").asText();
            require(Set.of("user", "assistant").contains(role), "The role of a message is user or assistant.");
            require(!before.isEmpty() || role.equals("user"), "A conversation must start with a user message.");
            require(!role.equals(before), "A conversation must alternate between user and assistant roles.");
            require(message.path("content").size() > 0, "The content field in the Message object is empty.");
            before = role;
            prompt.message(role);
            message.path("content").forEach(block -> block(block, role));
            require(
                    role.equals("assistant") || open.isEmpty(),
                    "Expected toolResult blocks for the following Ids: " + String.join(", ", open));
        }
        if (before.equals("assistant")) {
            prompt.endsWithBeginning();
        }
    }

    private void block(JsonNode block, String role) {
        if (block.has("text")) {
            String text = block.path("text").asText();
            require(!text.isBlank(), "The text field in the ContentBlock object is blank.");
            if (role.equals("user")) {
                prompt.userText(text);
            } else {
                prompt.text(text);
            }
        } else if (block.has("cachePoint")) {
            prompt.mark();
        } else if (block.has("toolUse")) {
            JsonNode use = block.path("toolUse");
            toolBlocks = true;
            require(
                    use.path("toolUseId").asText().matches("[a-zA-Z0-9_.:-]{1,64}")
                            && use.path("input").isObject()
                            && open.add(use.path("toolUseId").asText()),
                    "The toolUse block is invalid.");
            prompt.other(use.path("input"));
        } else if (block.has("toolResult")) {
            toolBlocks = true;
            result(block.path("toolResult"));
        } else if (block.has("image")) {
            JsonNode image = block.path("image");
            require(
                    Set.of("png", "jpeg", "gif", "webp")
                                    .contains(image.path("format").asText())
                            && (image.path("source").has("bytes")
                                    || image.path("source").has("s3Location")),
                    "The image block is invalid.");
            prompt.image(image.path("source").path("bytes").asText());
        } else if (block.has("reasoningContent")) {
            require(role.equals("assistant"), "reasoningContent is of the assistant.");
            prompt.other(block.path("reasoningContent"));
        } else {
            require(block.has("document") || block.has("audio"), "The content block has no known member.");
            prompt.other(block);
        }
    }

    private void result(JsonNode result) {
        require(
                open.remove(result.path("toolUseId").asText()),
                "The number of toolResult blocks exceeds the number of toolUse blocks of previous turn.");
        StringBuilder text = new StringBuilder();
        for (JsonNode part : result.path("content")) {
            text.append(
                    part.has("json")
                            ? part.path("json").toString()
                            : part.path("text").asText());
        }
        prompt.toolResult(text.toString());
    }

    private void require(boolean holds, String message) {
        if (!holds && refusal == null) {
            refusal = BedrockWire.invalid(message);
        }
    }
}
