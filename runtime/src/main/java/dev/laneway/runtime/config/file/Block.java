package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.SecretRef;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file. Readers take the keys that they know; {@link #rest()} is what nobody took, so nothing is ignored in
 * silence. Each reading method returns null for a key that isn't there; what is there and wrong is a problem, and null. One
 * thread.
 */
public final class Block {
    private final Place place;
    private final Reading reading;
    private final Map<String, Value> entries = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    Block(MappingNode mapping, Place place, Reading reading) {
        this.place = place;
        this.reading = reading;
        merge(mapping, 0);
    }

    /** The file's top mapping. */
    public static Block top(MappingNode root, Reading reading) {
        return new Block(root, new Place("", 1), reading);
    }

    /** YAML's {@code <<: *other}: a key of the mapping itself wins, then the earlier of the merged ones. */
    private void merge(MappingNode mapping, int depth) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!tuple.getKeyNode().getTag().equals(Tag.MERGE) && tuple.getKeyNode() instanceof ScalarNode key) {
                entries.putIfAbsent(
                        key.getValue(),
                        new Value(tuple.getValueNode(), new Place(path(key.getValue()), YamlTree.line(key))));
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                mergeFrom(tuple.getValueNode(), depth);
            }
        }
    }

    private void mergeFrom(Node other, int depth) {
        List<Node> sources = other instanceof SequenceNode list ? list.getValue() : List.of(other);
        for (Node source : sources) {
            if (source instanceof MappingNode mapping && depth < 10) {
                merge(mapping, depth + 1);
            } else {
                reading.problems().error(new Place(path("<<"), YamlTree.line(source)), "merges no mapping", "name one");
            }
        }
    }

    public Place place() {
        return place;
    }

    /** Takes over the keys of another mapping that it doesn't have itself; they stay where they stand. */
    public void inherit(Block other) {
        other.entries.forEach(entries::putIfAbsent);
    }

    public Reading reading() {
        return reading;
    }

    /** Where a key stands; where it is missing, where the mapping does. */
    public Place place(String key) {
        Value value = entries.get(key);
        return value == null ? new Place(path(key), place.line()) : value.place();
    }

    /** Everything, taken or not, in the order of the file. */
    public Map<String, Value> entries() {
        return Collections.unmodifiableMap(entries);
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** What nobody took so far. */
    public Map<String, Value> rest() {
        Map<String, Value> rest = new LinkedHashMap<>(entries);
        rest.keySet().removeAll(taken);
        return rest;
    }

    /** A number that stays among what nobody took; null where there is none. */
    public @Nullable BigDecimal glimpse(String key) {
        Value value = entries.get(key);
        return value != null && value.node() instanceof ScalarNode scalar ? Value.number(scalar.getValue()) : null;
    }

    public @Nullable Value take(String key) {
        taken.add(key);
        return entries.get(key);
    }

    public @Nullable Block block(String key) {
        Value value = take(key);
        return value == null ? null : value.block(reading);
    }

    public List<Value> items(String key) {
        Value value = take(key);
        return value == null ? List.of() : value.items(reading);
    }

    public @Nullable Text text(String key) {
        Value value = take(key);
        return value == null ? null : value.text(reading);
    }

    /** A list of texts; an item that is none is a problem and left out. */
    public List<Text> texts(String key) {
        List<Text> texts = new ArrayList<>();
        for (Value item : items(key)) {
            Text text = item.text(reading);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    public @Nullable SecretRef secret(String key) {
        Value value = take(key);
        String raw = value == null ? null : value.raw(reading);
        return raw == null ? null : reading.secrets().read(raw, place(key));
    }

    public @Nullable Boolean flag(String key) {
        Text text = text(key);
        if (text == null) {
            return null;
        }
        return switch (text.value().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> {
                reading.problems().error(text.place(), "is neither true nor false", "write true or false");
                yield null;
            }
        };
    }

    public @Nullable Integer whole(String key, int least, int most) {
        BigDecimal number = number(key, least, most);
        if (number == null) {
            return null;
        }
        if (number.stripTrailingZeros().scale() > 0) {
            reading.problems().error(place(key), "is no whole number", "write one from " + least + " to " + most);
            return null;
        }
        return number.intValueExact();
    }

    /** Seconds, fractions allowed, above 0. */
    public @Nullable Duration seconds(String key, int most) {
        BigDecimal number = number(key, 0, most);
        if (number == null) {
            return null;
        }
        long millis = number.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (millis == 0) {
            reading.problems().error(place(key), "is no time", "write seconds, more than 0");
            return null;
        }
        return Duration.ofMillis(millis);
    }

    /** A number between bounds, both included. The value itself is never repeated: it may be a misplaced secret. */
    public @Nullable BigDecimal number(String key, int least, int most) {
        Text text = text(key);
        if (text == null) {
            return null;
        }
        BigDecimal number = Value.number(text.value());
        if (number == null) {
            reading.problems().error(text.place(), "is no number", "write one from " + least + " to " + most);
            return null;
        }
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            reading.problems().error(text.place(), "is out of range", "write a number from " + least + " to " + most);
            return null;
        }
        return number;
    }

    private String path(String key) {
        return place.path().isEmpty() ? key : place.path() + "." + key;
    }
}
