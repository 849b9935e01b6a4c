package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the caller knows the functions that its tools became: as functions, as custom tools, within namespaces. */
final class ToolForms {
    static final ToolForms PLAIN = new ToolForms(Map.of());

    /** @param custom whether its input is free text, which the function has as its one argument */
    record Form(boolean custom, @Nullable String namespace, String name) {}

    private final Map<String, Form> forms;

    private ToolForms(Map<String, Form> forms) {
        this.forms = forms;
    }

    static ToolForms of(@Nullable JsonNode tools) {
        if (tools == null) {
            return PLAIN;
        }
        var forms = new HashMap<String, Form>();
        for (var tool : tools) {
            if (tool.path("type").asText().equals("namespace")) {
                var namespace = tool.path("name").asText();
                tool.path("tools").forEach(inner -> add(inner, namespace, forms));
            } else {
                add(tool, null, forms);
            }
        }
        return new ToolForms(forms);
    }

    private static void add(JsonNode tool, @Nullable String namespace, Map<String, Form> forms) {
        var custom = tool.path("type").asText().equals("custom");
        var name = tool.path("name").asText("");
        if (custom || namespace != null) {
            forms.put(ToolNames.flat(namespace, name), new Form(custom, namespace, name));
        }
    }

    Form of(String function) {
        return forms.getOrDefault(function, new Form(false, null, function));
    }
}
