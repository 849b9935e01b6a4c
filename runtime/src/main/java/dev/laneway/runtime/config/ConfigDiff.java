package dev.laneway.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What changes between two configs, by what they mean and not by how they are written: by the canonical form, which states every
 * default and holds no secret.
 *
 * @param changes in the order of the canonical form; empty where both mean the same
 */
public record ConfigDiff(List<Change> changes) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@*+-][\\w./:@*+ -]*");

    public ConfigDiff {
        changes = List.copyOf(changes);
    }

    /** One difference, at a path such as {@code routes.x.chain[1]}. */
    public sealed interface Change {
        record Added(String path, JsonNode value) implements Change {}

        record Removed(String path, JsonNode value) implements Change {}

        record Replaced(String path, JsonNode from, JsonNode to) implements Change {}

        /** The same entries in another order. */
        record Reordered(String path) implements Change {}
    }

    public static ConfigDiff of(ConfigResult.Valid before, ConfigResult.Valid after) {
        List<Change> changes = new ArrayList<>();
        compare("", tree(before), tree(after), changes);
        return new ConfigDiff(changes);
    }

    /** A line for each change: {@code + path: value}, {@code - path: value}, {@code ~ path: old -> new}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(
                            switch (change) {
                                case Change.Added(String path, JsonNode value) -> "+ " + path + ": " + shown(value);
                                case Change.Removed(String path, JsonNode value) -> "- " + path + ": " + shown(value);
                                case Change.Replaced(String path, JsonNode from, JsonNode to) ->
                                    "~ " + path + ": " + shown(from) + " -> " + shown(to);
                                case Change.Reordered(String path) -> "~ " + path + ": in another order";
                            })
                    .append('\n');
        }
        return text.toString();
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Change> changes) {
        if (before.isObject() && after.isObject()) {
            keyed(path, ".", fields(before), fields(after), changes);
        } else if (path.equals("model_list") && before.isArray() && after.isArray()) {
            keyed(path, "", entries(before), entries(after), changes);
        } else if (before.isArray() && after.isArray()) {
            changes.addAll(ListDiff.of(path, before, after));
        } else if (!before.equals(after)) {
            changes.add(new Change.Replaced(path, before, after));
        }
    }

    private static void keyed(
            String path, String dot, Map<String, JsonNode> before, Map<String, JsonNode> after, List<Change> changes) {
        String prefix = path.isEmpty() ? "" : path + dot;
        before.forEach((key, value) -> {
            JsonNode now = after.get(key);
            if (now == null) {
                changes.add(new Change.Removed(prefix + key, value));
            } else {
                compare(prefix + key, value, now, changes);
            }
        });
        after.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                changes.add(new Change.Added(prefix + key, value));
            }
        });
        List<String> left = before.keySet().stream().filter(after::containsKey).toList();
        if (!left.equals(after.keySet().stream().filter(before::containsKey).toList())) {
            changes.add(new Change.Reordered(path.isEmpty() ? "the file" : path));
        }
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    /** By what people call a deployment, since its place in the list says nothing: {@code [claude: anthropic/claude-sonnet-4-5]}. */
    private static Map<String, JsonNode> entries(JsonNode models) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        for (JsonNode entry : models) {
            String id = entry.at("/model_info/id").asText();
            String name = entry.path("model_name").asText() + ": "
                    + (id.isEmpty() ? entry.at("/litellm_params/model").asText() : id);
            String key = "[" + name + "]";
            for (int same = 2; entries.containsKey(key); same++) {
                key = "[" + name + ", " + same + "]";
            }
            entries.put(key, entry);
        }
        return entries;
    }

    private static String shown(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        return value.isTextual() && PLAIN.matcher(value.asText()).matches() ? value.asText() : value.toString();
    }

    private static JsonNode tree(ConfigResult.Valid valid) {
        try {
            return JSON.readTree(valid.publishableText());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the canonical text is JSON", impossible);
        }
    }
}
