package dev.laneway.testkit.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks a request for content, or for a count of its tokens. Fields are read as SDKs spell them, in camel case. */
final class GenerateReader {
    private static final int THINKING_TOKENS = 32;
    private static final Set<String> FIELDS = Set.of(
            "cachedContent",
            "contents",
            "generateContentRequest",
            "generationConfig",
            "model",
            "safetySettings",
            "serviceTier",
            "systemInstruction",
            "toolConfig",
            "tools");
    private static final Set<String> CONFIG_FIELDS = Set.of(
            "candidateCount",
            "enableEnhancedCivicAnswers",
            "frequencyPenalty",
            "imageConfig",
            "logprobs",
            "maxOutputTokens",
            "mediaResolution",
            "presencePenalty",
            "responseJsonSchema",
            "responseLogprobs",
            "responseMimeType",
            "responseModalities",
            "responseSchema",
            "seed",
            "speechConfig",
            "stopSequences",
            "temperature",
            "thinkingConfig",
            "topK",
            "topP");

    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final CallSignature signatures;
    private @Nullable String wrong;

    GenerateReader(JsonNode body, ModelName model, RequestHead head, CallSignature signatures) {
        this.body = body.path("generateContentRequest").isObject() ? body.path("generateContentRequest") : body;
        this.model = model;
        this.head = head;
        this.signatures = signatures;
    }

    private void require(boolean holds, String message) {
        if (!holds && wrong == null) {
            wrong = message;
        }
    }

    Reading read() {
        JsonNode config = body.path("generationConfig");
        known(body, FIELDS, "");
        known(config, CONFIG_FIELDS, " at 'generation_config'");
        PromptBuilder prompt =
                new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
        system(prompt);
        Tooling tooling = tooling(prompt);
        new ContentsReader(prompt, signatures, demandsSignatures(), this::require).read(body.path("contents"));
        JsonNode thinking = config.path("thinkingConfig");
        boolean thinks = thinking.isObject() && thinking.path("thinkingBudget").asInt(-1) != 0;
        Ask ask = new Ask(
                model,
                head.path().endsWith(":streamGenerateContent"),
                prompt.build(Caching.AUTOMATIC),
                tooling,
                shape(config),
                new Ask.Bounds(
                        config.has("maxOutputTokens")
                                ? OptionalInt.of(config.path("maxOutputTokens").asInt())
                                : OptionalInt.empty(),
                        texts(config.path("stopSequences")),
                        config.path("seed").asLong()),
                Math.max(thinks ? THINKING_TOKENS : 0, model.behaviour().reasoning()),
                Math.clamp(config.path("candidateCount").asInt(1), 1, 8));
        require(texts(config.path("stopSequences")).size() <= 5, "The number of stop sequences must not exceed 5.");
        require(
                config.path("temperature").asDouble() <= 2,
                "* GenerateContentRequest.generation_config.temperature: temperature must be in the range [0.0, 2.0].");
        return wrong == null
                ? new Reading.Understood(
                        new GenerateCall(ask, thinking.path("includeThoughts").asBoolean(), signatures))
                : new Reading.Refused(GeminiErrors.invalid(wrong));
    }

    /** From its third generation on. */
    private boolean demandsSignatures() {
        return model.base().startsWith("gemini-3");
    }

    private void known(JsonNode object, Set<String> fields, String where) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            require(
                    fields.contains(field.getKey()),
                    "Invalid JSON payload received. Unknown name \"" + field.getKey() + "\"" + where
                            + ": Cannot find field.");
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private void system(PromptBuilder prompt) {
        JsonNode instruction = body.path("systemInstruction");
        if (instruction.isObject()) {
            prompt.message("system");
            ContentsReader.each(instruction.path("parts"))
                    .forEach(part -> prompt.text(part.path("text").asText()));
        }
    }

    private OutputShape shape(JsonNode config) {
        boolean json = config.path("responseMimeType").asText().equals("application/json");
        for (String field : new String[] {"responseJsonSchema", "responseSchema"}) {
            if (config.path(field).isObject()) {
                require(
                        json,
                        "* GenerateContentRequest.generation_config.response_mime_type: must be application/json");
                return new OutputShape.Schema(lowerCase(config.path(field)));
            }
        }
        return json ? new OutputShape.JsonObject() : new OutputShape.Prose();
    }

    private Tooling tooling(PromptBuilder prompt) {
        List<Tool> offered = new ArrayList<>();
        for (JsonNode tool : ContentsReader.each(body.path("tools"))) {
            for (JsonNode function : ContentsReader.each(tool.path("functionDeclarations"))) {
                String name = function.path("name").asText();
                require(
                        name.matches("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}"),
                        "* GenerateContentRequest.tools[0].function_declarations[" + offered.size()
                                + "].name: Invalid function name. Must start with a letter or an underscore.");
                prompt.other(function);
                JsonNode schema = function.has("parametersJsonSchema")
                        ? function.path("parametersJsonSchema")
                        : function.path("parameters");
                offered.add(new Tool(name, lowerCase(schema)));
            }
        }
        JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
        List<String> allowed = texts(calling.path("allowedFunctionNames"));
        String mode = calling.path("mode").asText("AUTO");
        require(
                allowed.isEmpty() || !mode.equals("AUTO"),
                "Allowed function names can only be set when function calling mode is ANY or VALIDATED.");
        ToolChoice choice = switch (mode) {
            case "NONE" -> new ToolChoice.Never();
            case "ANY" -> allowed.isEmpty() ? new ToolChoice.Some() : new ToolChoice.Named(allowed.getFirst());
            default -> new ToolChoice.Auto();
        };
        return offered.isEmpty() ? Tooling.NONE : new Tooling(offered, choice, true, "");
    }

    /** Google's names of types are JSON Schema's in capitals. */
    private static JsonNode lowerCase(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        for (JsonNode holder : copy.findParents("type")) {
            if (holder instanceof ObjectNode object && object.get("type").isTextual()) {
                object.put("type", object.get("type").asText().toLowerCase(Locale.ROOT));
            }
        }
        return copy;
    }
}
