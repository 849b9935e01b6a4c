package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import dev.laneway.dialects.ollama.OllamaFields;
import dev.laneway.runtime.config.models.RequestFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deployment's own fields as Ollama's native API has them: most are options, one level down, and some have another name there ({@code
 * reasoning_effort} is {@code think}, {@code response_format} is {@code format}).
 *
 * @param top fields of the request
 * @param options members of its {@code options}
 */
record OllamaDefaults(Map<String, JsonNode> top, Map<String, JsonNode> options) {

    /** @param notes is told what Ollama has no place for */
    static OllamaDefaults of(Map<String, JsonNode> defaults, List<String> notes) {
        OllamaDefaults sorted = new OllamaDefaults(new LinkedHashMap<>(), new LinkedHashMap<>());
        defaults.forEach((name, value) -> sorted.add(name, value, notes));
        return sorted;
    }

    private void add(String name, JsonNode value, List<String> notes) {
        switch (name) {
            case "options" -> value.properties().forEach(option -> options.put(option.getKey(), option.getValue()));
            case "stop" ->
                options.put(
                        name,
                        value.isTextual() ? JsonNodeFactory.instance.arrayNode().add(value) : value);
            case "reasoning_effort" -> top.putIfAbsent("think", effort(value.asText()));
            case "thinking" ->
                top.putIfAbsent(
                        "think",
                        BooleanNode.valueOf(!value.path("type").asText().equals("disabled")));
            case "response_format" -> {
                JsonNode schema = value.path("json_schema").path("schema");
                if (schema.isObject()) {
                    top.put("format", schema);
                } else if (value.path("type").asText().equals("json_object")) {
                    top.put("format", TextNode.valueOf("json"));
                }
            }
            default -> {
                if (OllamaFields.isOption(name)) {
                    options.put(name, value);
                } else if (OllamaFields.isTopLevel(name)
                        || !RequestFields.names().contains(name)) {
                    top.put(name, value);
                } else {
                    notes.add("ignored " + name + " of the deployment: the vendor's dialect has no such field");
                }
            }
        }
    }

    private static JsonNode effort(String word) {
        return switch (word) {
            case "none", "disable" -> BooleanNode.FALSE;
            case "minimal", "low" -> TextNode.valueOf("low");
            case "medium" -> TextNode.valueOf("medium");
            case "max" -> TextNode.valueOf("max");
            default -> TextNode.valueOf("high");
        };
    }

    /** The call with what its body lacks. */
    UpstreamCall apply(UpstreamCall call, List<String> notes) {
        byte[] body = call.body();
        JsonCursor at = new JsonCursor().reset(body, 0, body.length);
        Map<String, JsonNode> missing = new LinkedHashMap<>(top);
        Map<String, JsonNode> missingOptions = new LinkedHashMap<>(options);
        if (!at.enterObject()) {
            return new UpstreamCall(call.url(), call.headers(), body, notes);
        }
        int begin = at.position();
        int optionsFrom = -1;
        int optionsTo = -1;
        boolean empty = true;
        boolean noOptions = true;
        while (at.nextMember()) {
            empty = false;
            missing.keySet().removeIf(at::keyIs);
            if (at.keyIs("options")) {
                optionsFrom = at.position();
                noOptions = noneOf(missingOptions, at);
                optionsTo = at.position();
            } else {
                at.skipValue();
            }
        }
        if (at.lost()) {
            return new UpstreamCall(call.url(), call.headers(), body, notes);
        }
        Splice splice = new Splice(body);
        String members = members(missing);
        if (optionsFrom < 0 && !missingOptions.isEmpty()) {
            members += (members.isEmpty() ? "" : ",") + "\"options\":{" + members(missingOptions) + "}";
        }
        if (!members.isEmpty()) {
            splice.insert(begin, empty ? members : members + ",");
        }
        if (optionsFrom >= 0 && !missingOptions.isEmpty()) {
            if (body[optionsFrom] == '{') {
                splice.insert(optionsFrom + 1, members(missingOptions) + (noOptions ? "" : ","));
            } else {
                splice.replace(optionsFrom, optionsTo, "{" + members(missingOptions) + "}");
            }
        }
        return new UpstreamCall(call.url(), call.headers(), splice.apply(), notes);
    }

    /** Passes over the request's options and takes those it has from the missing ones. @return whether it has none at all */
    private static boolean noneOf(Map<String, JsonNode> missing, JsonCursor at) {
        boolean none = true;
        if (at.enterObject()) {
            while (at.nextMember()) {
                none = false;
                missing.keySet().removeIf(at::keyIs);
                at.skipValue();
            }
        } else {
            at.skipValue();
        }
        return none;
    }

    private static String members(Map<String, JsonNode> fields) {
        StringBuilder members = new StringBuilder();
        fields.forEach((name, value) -> members.append(members.isEmpty() ? "" : ",")
                .append(Splice.quoted(name))
                .append(':')
                .append(value));
        return members.toString();
    }
}
