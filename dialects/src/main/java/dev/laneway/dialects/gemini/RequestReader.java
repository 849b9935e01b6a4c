package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Message.Role;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Display;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import dev.laneway.dialects.neutral.ResponseFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code generateContent} request into the neutral model. A body that {@link RequestRules} accepted is always readable. Model
 * and streaming, which the body does not say, stay unsaid: who writes the request for a vendor has them from its target.
 */
final class RequestReader {
    private static final String CONFIG = "generationConfig";

    private RequestReader() {}

    static ChatRequest read(JsonNode root) {
        var fields = Spelling.fields(root);
        var config = fields.object(CONFIG);
        var settings = config == null ? new FieldBag(Json.object()) : Spelling.fields(config);
        var contents = new ContentReader();
        var messages = new ArrayList<Message>();
        var system = fields.take("systemInstruction");
        if (system != null) {
            messages.add(new Message(Role.SYSTEM, instruction(system, contents)));
        }
        var nodes = fields.take("contents");
        if (nodes != null) {
            Spelling.each(nodes).forEach(content -> contents.read(content, messages));
        }
        var tooling = ToolReader.read(fields.take("tools"), fields.take("toolConfig"));
        fields.take("model");
        var sampling = sampling(settings);
        var output = output(settings);
        Map<String, JsonNode> extras = new LinkedHashMap<>(fields.rest());
        if (!settings.rest().isEmpty()) {
            var rest = Json.object();
            settings.rest().forEach(rest::set);
            extras.put(CONFIG, rest);
        }
        return new ChatRequest(
                "",
                messages,
                tooling,
                sampling,
                output,
                false,
                true,
                Origin.UNSAID,
                new Extras(Dialect.GEMINI, extras));
    }

    private static List<Part> instruction(JsonNode system, ContentReader contents) {
        return system.isTextual()
                ? List.of(new Part.Text(system.textValue()))
                : contents.parts(Spelling.fields(system).take("parts"));
    }

    private static Sampling sampling(FieldBag settings) {
        var wanted = Boolean.TRUE.equals(settings.flag("responseLogprobs"));
        var logprobs = count(settings, "logprobs");
        var candidates = count(settings, "candidateCount");
        return new Sampling(
                settings.real("temperature"),
                settings.real("topP"),
                settings.count("topK"),
                settings.real("frequencyPenalty"),
                settings.real("presencePenalty"),
                settings.whole("seed"),
                candidates == null || candidates == 0 ? 1 : candidates,
                wanted ? Integer.valueOf(logprobs == null ? 0 : logprobs) : null,
                Map.of());
    }

    /** A whole number, possibly in quotes. */
    private static @Nullable Integer count(FieldBag settings, String name) {
        var node = settings.take(name);
        if (node == null) {
            return null;
        }
        try {
            var number = node.isTextual() ? Long.parseLong(node.textValue()) : node.longValue();
            return Math.clamp(number, 0, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Output output(FieldBag settings) {
        var stops = new ArrayList<String>();
        var stop = settings.take("stopSequences");
        if (stop != null && stop.isTextual()) {
            stops.add(stop.textValue());
        } else if (stop != null) {
            stop.forEach(one -> stops.add(one.asText()));
        }
        return new Output(count(settings, "maxOutputTokens"), stops, reasoning(settings), format(settings), null);
    }

    private static @Nullable ResponseFormat format(FieldBag settings) {
        var type = settings.text("responseMimeType", "");
        var schema = settings.object("responseJsonSchema");
        var openApi = settings.object("responseSchema");
        if (schema == null && openApi != null) {
            schema = OpenApiSchema.toJsonSchema(openApi);
        }
        if (schema != null) {
            return new ResponseFormat.JsonSchema("answer", null, schema, null);
        }
        return type.equals("application/json") ? new ResponseFormat.JsonObject() : null;
    }

    private static @Nullable Reasoning reasoning(FieldBag settings) {
        var thinking = settings.object("thinkingConfig");
        if (thinking == null) {
            return null;
        }
        var fields = Spelling.fields(thinking);
        var shown = fields.flag("includeThoughts");
        var display = shown == null ? null : shown ? Display.SUMMARIZED : Display.OMITTED;
        var budget = fields.whole("thinkingBudget");
        var effort = effort(fields.text("thinkingLevel"));
        if (budget != null && budget == 0) {
            return new Reasoning(Mode.DISABLED, 0, effort, display);
        }
        if (budget != null && budget > 0) {
            return new Reasoning(Mode.BUDGET, Math.clamp(budget, 1, Integer.MAX_VALUE), effort, display);
        }
        var wants = budget != null || Boolean.TRUE.equals(shown);
        return new Reasoning(effort == null && wants ? Mode.ADAPTIVE : Mode.UNSAID, 0, effort, display);
    }

    private static @Nullable Effort effort(@Nullable String level) {
        return switch (level == null ? "" : level.toUpperCase(Locale.ROOT)) {
            case "MINIMAL" -> Effort.MINIMAL;
            case "LOW" -> Effort.LOW;
            case "MEDIUM" -> Effort.MEDIUM;
            case "HIGH" -> Effort.HIGH;
            default -> null;
        };
    }
}
