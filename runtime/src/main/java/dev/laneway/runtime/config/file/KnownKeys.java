package dev.laneway.runtime.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a key that no reader took. LiteLLM's keys that this version doesn't act on are rows of {@code litellm-keys.txt};
 * what is in neither is unknown: a warning with a guess in LiteLLM's blocks, an error in our own.
 */
public final class KnownKeys {
    private static final String RESOURCE = "litellm-keys.txt";
    private static final Map<String, Map<String, Row>> ROWS = rows();

    private final Reading reading;

    public KnownKeys(Reading reading) {
        this.reading = reading;
    }

    private record Row(String verdict, String why) {}

    /** Says something of every key of a LiteLLM block that nobody took. */
    public void leftInLiteLlms(Block block, String name, Collection<String> supported) {
        Map<String, Row> rows = Objects.requireNonNullElse(ROWS.get(name), Map.of());
        block.rest().forEach((key, value) -> {
            Row row = rows.get(key);
            if (row != null) {
                known(row, value);
            } else if (!key.startsWith("x-")) {
                List<String> guesses = new ArrayList<>(supported);
                guesses.addAll(rows.keySet());
                reading.problems()
                        .warn(
                                value.place(),
                                "unknown key, nothing is done with it",
                                () -> Spelling.didYouMean(key, guesses, "remove it"));
            }
        });
    }

    /** Refuses every key of one of our own blocks that nobody took. */
    public void leftInOurs(Block block, Collection<String> supported) {
        block.rest()
                .forEach((key, value) -> reading.problems()
                        .error(
                                value.place(),
                                "unknown key",
                                () -> Spelling.didYouMean(
                                        key, supported, "remove it; known are " + String.join(", ", supported))));
    }

    /** Why a key of LiteLLM's isn't acted on; null when it is no such key. */
    public static @Nullable String reason(String block, String key) {
        Row row = Objects.requireNonNullElse(ROWS.get(block), Map.<String, Row>of())
                .get(key);
        return row == null ? null : row.why();
    }

    private void known(Row row, Value value) {
        switch (row.verdict()) {
            case "limit" -> {
                if (!value.asksNothing()) {
                    reading.problems().unenforced(value.place(), row.why());
                }
            }
            case "always" -> reading.problems().warn(value.place(), "needs no saying: " + row.why(), "remove it");
            default -> {
                if (!value.asksNothing()) {
                    reading.problems().warn(value.place(), "not supported: " + row.why(), "remove it");
                }
            }
        }
    }

    private static Map<String, Map<String, Row>> rows() {
        Map<String, Map<String, Row>> rows = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(KnownKeys.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", 4))
                    .forEach(row -> rows.computeIfAbsent(row[0], block -> new HashMap<>())
                            .put(row[1], new Row(row[2], row[3])));
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
