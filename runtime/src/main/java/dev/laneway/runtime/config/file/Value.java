package dev.laneway.runtime.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in the file, of whatever kind, and where it stands. Readers say what kind they want; a wrong one is a problem, never an exception. */
public record Value(Node node, Place place) {
    public Value {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(place, "place");
    }

    /** True for {@code null}, {@code ~} and nothing at all behind a key. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** True when it asks for nothing: null, false, an empty text, list or mapping. */
    public boolean asksNothing() {
        return switch (node) {
            case ScalarNode scalar ->
                isNull()
                        || scalar.getValue().isEmpty()
                        || (scalar.getTag().equals(Tag.BOOL) && !truth(scalar.getValue()));
            case SequenceNode sequence -> sequence.getValue().isEmpty();
            case MappingNode mapping -> mapping.getValue().isEmpty();
            default -> false;
        };
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    public boolean isScalar() {
        return node instanceof ScalarNode && !isNull();
    }

    /** The mapping it is; null when it is none, which is a problem unless it is null. */
    public @Nullable Block block(Reading reading) {
        if (node instanceof MappingNode mapping) {
            return new Block(mapping, place, reading);
        }
        if (!isNull()) {
            reading.problems().error(place, "is not a mapping", "write keys and values below it");
        }
        return null;
    }

    /** The items of the list it is; none when it is null; a problem when it is something else. */
    public List<Value> items(Reading reading) {
        List<Value> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                items.add(new Value(item, new Place(place.path() + "[" + items.size() + "]", YamlTree.line(item))));
            }
        } else if (!isNull()) {
            reading.problems().error(place, "is not a list", "write [a, b] or one - item a line");
        }
        return items;
    }

    /** The scalar as it is written; null when it is none, which is a problem unless it is null. */
    public @Nullable String raw(Reading reading) {
        if (node instanceof ScalarNode scalar && !isNull()) {
            return scalar.getValue();
        }
        if (!isNull()) {
            reading.problems().error(place, "is not a text", "write one value");
        }
        return null;
    }

    /** The scalar with references replaced; null when it is none or names a variable that isn't set, which is a problem. */
    public @Nullable Text text(Reading reading) {
        String raw = raw(reading);
        if (raw == null) {
            return null;
        }
        return switch (reading.references().resolve(raw)) {
            case References.Resolved.Value(String text) -> new Text(text, place);
            case References.Resolved.Unset(String variable) -> {
                reading.problems()
                        .error(place, variable + " is not set", "set it, or write ${" + variable + ":-a default}");
                yield null;
            }
        };
    }

    /** The value as JSON, texts with references replaced. */
    public JsonNode json(Reading reading) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (node) {
            case SequenceNode sequence -> {
                var array = json.arrayNode();
                items(reading).forEach(item -> array.add(item.json(reading)));
                yield array;
            }
            case MappingNode mapping -> {
                ObjectNode object = json.objectNode();
                new Block(mapping, place, reading)
                        .entries()
                        .forEach((key, value) -> object.set(key, value.json(reading)));
                yield object;
            }
            default -> scalarJson(reading, json);
        };
    }

    private JsonNode scalarJson(Reading reading, JsonNodeFactory json) {
        Text text = isNull() ? null : text(reading);
        if (text == null) {
            return json.nullNode();
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.BOOL)) {
            return json.booleanNode(truth(text.value()));
        }
        BigDecimal number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text.value()) : null;
        if (number == null) {
            return json.textNode(text.value());
        }
        boolean small = tag.equals(Tag.INT) && number.toBigInteger().bitLength() < Long.SIZE;
        return small ? json.numberNode(number.longValueExact()) : json.numberNode(number);
    }

    static boolean truth(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            default -> false;
        };
    }

    /** The number that a scalar is written as; null when it is none or beyond any use. */
    static @Nullable BigDecimal number(String written) {
        String plain = written.replace("_", "").strip();
        if (plain.length() > 40) {
            return null;
        }
        try {
            if (plain.startsWith("0x")) {
                return new BigDecimal(new BigInteger(plain.substring(2), 16));
            }
            BigDecimal number = new BigDecimal(plain);
            return Math.abs((long) number.scale()) > 40 ? null : number;
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
