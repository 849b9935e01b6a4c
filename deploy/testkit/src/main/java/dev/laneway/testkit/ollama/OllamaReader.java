package dev.laneway.testkit.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks a request for a chat or for a text. Fields and options it doesn't know pass, as in a real server. Models think unless
 * told not to where their name has the option {@code reasoning}; another that is told to refuses.
 */
final class OllamaReader {
    private static final Set<String> NUMBERS =
            Set.of("temperature", "top_p", "min_p", "repeat_penalty", "presence_penalty", "frequency_penalty");
    private static final Set<String> INTEGERS = Set.of("num_predict", "top_k", "seed", "num_ctx", "repeat_last_n");

    private final JsonNode body;
    private final ModelName model;
    private final boolean generates;
    private final PromptBuilder prompt;
    private @Nullable VendorError error;

    OllamaReader(JsonNode body, ModelName model, RequestHead head) {
        this.body = body;
        this.model = model;
        this.generates = head.path().endsWith("/generate");
        this.prompt = new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
    }

    /** Whether a request says nothing, and so only loads the model or unloads it. */
    static boolean loads(JsonNode body, String path) {
        return path.endsWith("/generate")
                ? body.path("prompt").asText("").isEmpty()
                : body.path("messages").isEmpty() && !body.path("messages").isTextual();
    }

    Reading read() {
        Tooling tooling = tooling();
        if (generates) {
            text();
        } else {
            messages();
        }
        options();
        OutputShape shape = shape();
        int reasoning = thinking();
        JsonNode options = body.path("options");
        int predict = options.path("num_predict").asInt();
        List<String> stops = new ArrayList<>();
        options.path("stop").forEach(stop -> stops.add(stop.asText()));
        VendorError wrong = error;
        if (wrong != null) {
            return new Reading.Refused(wrong);
        }
        Ask ask = new Ask(
                model,
                body.path("stream").asBoolean(true),
                prompt.build(Caching.AUTOMATIC),
                tooling,
                shape,
                new Ask.Bounds(
                        predict > 0 ? OptionalInt.of(predict) : OptionalInt.empty(),
                        stops,
                        options.path("seed").asLong()),
                reasoning,
                1);
        return new Reading.Understood(new OllamaCall(ask, generates));
    }

    private void refuse(int status, String message) {
        if (error == null) {
            error = VendorError.plain(status, "", message);
        }
    }

    private void messages() {
        JsonNode messages = body.path("messages");
        if (!messages.isArray()) {
            refuse(
                    400,
                    "json: cannot unmarshal " + kind(messages)
                            + " into Go struct field ChatRequest.messages of type []api.Message");
        }
        for (JsonNode message : messages) {
            String role = message.path("role").asText("");
            JsonNode content = message.path("content");
            if (!content.isTextual() && !content.isNull() && !content.isMissingNode()) {
                refuse(
                        400,
                        "json: cannot unmarshal " + kind(content)
                                + " into Go struct field ChatRequest.messages.content of type string");
                return;
            }
            prompt.message(role);
            switch (role) {
                case "user" -> prompt.userText(content.asText(""));
                case "tool" -> prompt.toolResult(content.asText(""));
                default -> prompt.text(content.asText(""));
            }
            images(message.path("images"));
            for (JsonNode call : message.path("tool_calls")) {
                if (!call.path("function").path("arguments").isObject()) {
                    refuse(400, "Value looks like object, but can't find closing '}' symbol");
                }
                prompt.other(call.path("function"));
            }
        }
    }

    private void text() {
        String system = body.path("system").asText("");
        if (!system.isEmpty()) {
            prompt.message("system");
            prompt.text(system);
        }
        prompt.message("user");
        prompt.userText(body.path("prompt").asText(""));
        images(body.path("images"));
    }

    private void images(JsonNode images) {
        for (JsonNode image : images) {
            try {
                Base64.getDecoder().decode(image.asText());
            } catch (IllegalArgumentException e) {
                refuse(400, "illegal base64 data at input byte 0");
            }
            prompt.image(image.asText());
        }
    }

    private void options() {
        body.path("options").properties().forEach(option -> {
            String name = option.getKey();
            JsonNode value = option.getValue();
            if ((NUMBERS.contains(name) || INTEGERS.contains(name)) && !value.isNumber()) {
                refuse(
                        500,
                        "option \"" + name + "\" must be of type " + (INTEGERS.contains(name) ? "integer" : "float32"));
            }
            if (name.equals("stop") && !value.isArray()) {
                refuse(500, "option \"stop\" must be of type array");
            }
        });
    }

    private OutputShape shape() {
        JsonNode format = body.path("format");
        if (format.isObject()) {
            return new OutputShape.Schema(format);
        }
        if (format.asText("").isEmpty() || format.isNull()) {
            return new OutputShape.Prose();
        }
        if (!format.asText().equals("json")) {
            refuse(500, "invalid format: \"" + format.asText() + "\"; expected \"json\" or a valid JSON Schema object");
        }
        return new OutputShape.JsonObject();
    }

    private int thinking() {
        JsonNode think = body.path("think");
        int able = model.behaviour().reasoning();
        boolean told = think.isTextual() || think.asBoolean();
        if (told && able == 0) {
            refuse(400, "\"" + model.full() + "\" does not support thinking");
        }
        return think.isBoolean() && !think.asBoolean() ? 0 : able;
    }

    private Tooling tooling() {
        List<Tool> offered = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            JsonNode schema = tool.path("function").path("parameters");
            offered.add(new Tool(
                    tool.path("function").path("name").asText(""),
                    schema.isObject()
                            ? schema
                            : JsonNodeFactory.instance.objectNode().put("type", "object")));
            prompt.other(tool);
        }
        return offered.isEmpty() ? Tooling.NONE : new Tooling(offered, new ToolChoice.Auto(), true, "");
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            case NULL, MISSING -> "null";
        };
    }
}
