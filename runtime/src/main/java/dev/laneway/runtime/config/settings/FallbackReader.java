package dev.laneway.runtime.config.settings;

import dev.laneway.runtime.config.HopOrigin;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads fallbacks in the forms that are in use: LiteLLM's {@code [{a: [b, c]}]}, a plain mapping {@code {a: [b, c]}}, and the {@code
 * fallback_routes} of guides, {@code [{model: a, fallbacks: [b]}]}. A star as the first name stands for every group.
 */
public final class FallbackReader {
    /** The keys that hold fallbacks, in either settings block. */
    public static final Map<String, HopOrigin> KEYS = Map.of(
            "fallbacks", HopOrigin.FALLBACKS,
            "fallback_routes", HopOrigin.FALLBACKS,
            "default_fallbacks", HopOrigin.DEFAULT_FALLBACKS,
            "context_window_fallbacks", HopOrigin.CONTEXT_WINDOW_FALLBACKS,
            "content_policy_fallbacks", HopOrigin.CONTENT_POLICY_FALLBACKS);

    private static final Set<String> FROM = Set.of("model", "route", "from", "primary", "name");
    private static final Set<String> TO = Set.of("fallbacks", "fallback", "to", "chain", "routes", "models");

    private static final String ROUTES = "fallback_routes";
    private static final int MOST = 5_000;

    private final Reading reading;
    private final List<Fallback> found = new ArrayList<>();

    public FallbackReader(Reading reading) {
        this.reading = reading;
    }

    /** Takes every key of a block that holds fallbacks. */
    public void readAll(Block block) {
        KEYS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(key -> {
            Value value = block.take(key.getKey());
            if (value != null && !value.isNull()) {
                read(value, key.getValue(), key.getKey().equals(ROUTES));
            }
        });
    }

    /** Takes {@code fallback_routes} of an entry of {@code model_list}. */
    public void readOf(String group, Block entry) {
        Value value = entry.take(ROUTES);
        if (value != null && !value.isNull()) {
            targets(group, value, HopOrigin.FALLBACKS, value.place().path(), false);
        }
    }

    /** What was read; of more than can be followed in time none, which the problems then say. */
    public List<Fallback> found() {
        if (found.size() > MOST) {
            reading.problems()
                    .error(
                            found.getFirst().at(),
                            "is one of more than " + MOST + " fallbacks",
                            "use default_fallbacks");
            return List.of();
        }
        return List.copyOf(found);
    }

    private void read(Value value, HopOrigin origin, boolean named) {
        String key = value.place().path();
        if (origin == HopOrigin.DEFAULT_FALLBACKS) {
            targets(null, value, origin, key, false);
        } else if (value.isMapping()) {
            arrows(value, origin, key, named);
        } else {
            value.items(reading).forEach(item -> arrows(item, origin, key, named));
        }
    }

    private void arrows(Value item, HopOrigin origin, String key, boolean named) {
        Block block = item.block(reading);
        if (block == null) {
            return;
        }
        String from = first(block, FROM);
        String to = first(block, TO);
        Value source = from == null ? null : block.take(from);
        Value targets = to == null ? null : block.take(to);
        if (source != null && targets != null && source.isScalar()) {
            Text name = source.text(reading);
            if (name != null) {
                targets(name.value(), targets, origin, key, named);
            }
            new KnownKeys(reading).leftInLiteLlms(block, "fallback_route");
            return;
        }
        block.entries().forEach((name, value) -> targets(name, value, origin, key, named));
    }

    private static @Nullable String first(Block block, Set<String> names) {
        return block.entries().keySet().stream()
                .filter(names::contains)
                .findFirst()
                .orElse(null);
    }

    private void targets(@Nullable String from, Value value, HopOrigin origin, String key, boolean named) {
        List<Value> items = value.isScalar() ? List.of(value) : value.items(reading);
        boolean every = from == null || from.equals("*");
        for (Value item : items) {
            Text name = item.text(reading);
            if (name != null) {
                Place at = new Place(key, item.place().line());
                found.add(new Fallback(
                        every ? null : from,
                        name.value(),
                        every && origin == HopOrigin.FALLBACKS ? HopOrigin.DEFAULT_FALLBACKS : origin,
                        at,
                        named && !every));
            }
        }
    }
}
