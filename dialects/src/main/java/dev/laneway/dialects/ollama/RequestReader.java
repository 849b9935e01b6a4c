package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.json.FieldBag;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Origin;
import dev.laneway.dialects.neutral.ChatRequest.Output;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.ChatRequest.Tooling;
import dev.laneway.dialects.neutral.Extras;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.neutral.Reasoning;
import dev.laneway.dialects.neutral.Reasoning.Effort;
import dev.laneway.dialects.neutral.Reasoning.Mode;
import dev.laneway.dialects.neutral.ResponseFormat;
import dev.laneway.dialects.neutral.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code ChatRequest} and {@code GenerateRequest} into the neutral model. Options that others don't have become extras named {@code
 * options.NAME}. A body that {@link RequestRules} accepted is always readable.
 */
final class RequestReader {
    private final Map<String, JsonNode> rest = new LinkedHashMap<>();

    static ChatRequest read(Form form, JsonNode root) {
        return new RequestReader().request(form, new FieldBag(root));
    }

    private ChatRequest request(Form form, FieldBag fields) {
        var messages = switch (form) {
            case CHAT -> MessageReader.read(fields.items("messages"));
            case GENERATE -> prompt(fields);
        };
        var model = fields.text("model", "");
        var stream = !Boolean.FALSE.equals(fields.flag("stream"));
        var tools = tools(fields.items("tools"));
        var given = fields.object("options");
        var options = new FieldBag(given == null ? Json.object() : given);
        var sampling = sampling(fields, options);
        var output = output(fields, options);
        options.rest().forEach((name, value) -> rest.put("options." + name, value));
        fields.rest().forEach(rest::put);
        return new ChatRequest(
                model,
                messages,
                new Tooling(tools, null, null),
                sampling,
                output,
                stream,
                true,
                Origin.UNSAID,
                new Extras(Dialect.OLLAMA_CHAT, rest));
    }

    private static List<Message> prompt(FieldBag fields) {
        var messages = new ArrayList<Message>();
        var system = fields.text("system", "");
        if (!system.isEmpty()) {
            messages.add(new Message(Message.Role.SYSTEM, List.of(new Part.Text(system))));
        }
        var parts = new ArrayList<Part>();
        parts.add(new Part.Text(fields.text("prompt", "")));
        fields.items("images").forEach(image -> parts.add(MessageReader.image(image.asText())));
        messages.add(new Message(Message.Role.USER, parts));
        for (var unset : new String[] {"raw", "suffix", "context"}) {
            fields.take(unset);
        }
        var template = fields.text("template", "");
        if (!template.isEmpty()) {
            fields.rest().put("template", Json.object().textNode(template));
        }
        return messages;
    }

    private static List<Tool> tools(List<JsonNode> nodes) {
        var tools = new ArrayList<Tool>();
        for (var node : nodes) {
            var fields = new FieldBag(node);
            fields.take("type");
            var function = fields.object("function");
            if (function != null) {
                var inner = new FieldBag(function);
                tools.add(new Tool.Function(
                        inner.text("name", ""),
                        inner.text("description"),
                        inner.object("parameters"),
                        null,
                        null,
                        new Extras(Dialect.OLLAMA_CHAT, fields.rest())));
            }
        }
        return tools;
    }

    private static Sampling sampling(FieldBag fields, FieldBag options) {
        var logprobs = Boolean.TRUE.equals(fields.flag("logprobs"));
        var top = fields.count("top_logprobs");
        return new Sampling(
                options.real("temperature"),
                options.real("top_p"),
                options.count("top_k"),
                options.real("frequency_penalty"),
                options.real("presence_penalty"),
                options.whole("seed"),
                1,
                logprobs ? Integer.valueOf(top == null ? 0 : top) : null,
                new HashMap<>());
    }

    private static Output output(FieldBag fields, FieldBag options) {
        var limit = options.count("num_predict");
        var stop = new ArrayList<String>();
        options.items("stop").forEach(item -> stop.add(item.asText()));
        return new Output(
                limit == null || limit == 0 ? null : limit,
                stop,
                reasoning(fields.take("think")),
                format(fields.take("format")),
                null);
    }

    private static @Nullable Reasoning reasoning(@Nullable JsonNode think) {
        if (think == null) {
            return null;
        }
        if (think.isBoolean()) {
            return new Reasoning(think.booleanValue() ? Mode.ADAPTIVE : Mode.DISABLED, 0, null, null);
        }
        return switch (think.asText()) {
            case "low" -> new Reasoning(Mode.UNSAID, 0, Effort.LOW, null);
            case "medium" -> new Reasoning(Mode.UNSAID, 0, Effort.MEDIUM, null);
            case "high" -> new Reasoning(Mode.UNSAID, 0, Effort.HIGH, null);
            case "max" -> new Reasoning(Mode.UNSAID, 0, Effort.MAX, null);
            default -> null;
        };
    }

    private static @Nullable ResponseFormat format(@Nullable JsonNode format) {
        if (format == null || (format.asText("").isEmpty() && !format.isObject())) {
            return null;
        }
        return format.isObject()
                ? new ResponseFormat.JsonSchema("answer", null, format, null)
                : new ResponseFormat.JsonObject();
    }
}
