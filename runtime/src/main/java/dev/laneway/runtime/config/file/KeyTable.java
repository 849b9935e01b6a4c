package dev.laneway.runtime.config.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every key that this version knows, LiteLLM's, those of guides and our own, and what becomes of each: the rows of {@code
 * litellm-keys.txt}. What {@code validate} says of a file, what the reading warns of, and the page on moving from LiteLLM are all made of
 * it. The names are those of LiteLLM's documentation ({@code docs/proxy/config_settings}) and of its types ({@code types/router.py},
 * {@code proxy/_types.py}), as of autumn 2026.
 */
public final class KeyTable {
    private static final String RESOURCE = "litellm-keys.txt";
    private static final Map<String, Map<String, Row>> ROWS = rows();

    private KeyTable() {}

    /** What becomes of a key that is written into a file. */
    public enum Verdict {
        /** Acted on as LiteLLM would. */
        YES,
        /** Acted on in another way. */
        DIFFERENTLY,
        /** So whether it is said or not. */
        ALWAYS,
        /** Not acted on. */
        NO,
        /** Not acted on, and whoever wrote it relies on it: the file is refused unless that is accepted. */
        LIMIT
    }

    /**
     * One key.
     *
     * @param block the kind of mapping that it stands in, such as {@code litellm_params}
     * @param key its name; may end in a star, which stands for any end
     * @param why what is done, how it differs, or what to do instead
     */
    public record Row(String block, String key, Verdict verdict, String why) {
        public Row {
            Objects.requireNonNull(block, "block");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(why, "why");
        }
    }

    /** The kinds of mappings that have known keys, in the order of the table. */
    public static Collection<String> blocks() {
        return ROWS.keySet();
    }

    /** The keys of a kind of mapping, in the order of the table; none for a kind that nobody knows. */
    public static Collection<Row> rows(String block) {
        return Objects.requireNonNullElse(ROWS.get(block), Map.<String, Row>of())
                .values();
    }

    /** A key; null for one that nobody knows. */
    public static @Nullable Row find(String block, String key) {
        Map<String, Row> rows = Objects.requireNonNullElse(ROWS.get(block), Map.of());
        Row row = rows.get(key);
        return row != null
                ? row
                : rows.values().stream()
                        .filter(each -> each.key().endsWith("*")
                                && key.startsWith(
                                        each.key().substring(0, each.key().length() - 1)))
                        .findFirst()
                        .orElse(null);
    }

    /** The names of the keys of a kind of mapping, to guess from what was meant. */
    static List<String> names(String block) {
        return new ArrayList<>(Objects.requireNonNullElse(ROWS.get(block), Map.<String, Row>of())
                .keySet());
    }

    private static Map<String, Map<String, Row>> rows() {
        Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(KeyTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row(line.split("\\|", 4)))
                    .forEach(row -> {
                        Row twice = rows.computeIfAbsent(row.block(), block -> new LinkedHashMap<>())
                                .put(row.key(), row);
                        if (twice != null) {
                            throw new IllegalStateException(row.block() + "." + row.key() + " is in the table twice");
                        }
                    });
            return rows;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Row row(String[] columns) {
        Verdict verdict = switch (columns[2]) {
            case "yes" -> Verdict.YES;
            case "differently" -> Verdict.DIFFERENTLY;
            case "always" -> Verdict.ALWAYS;
            case "no" -> Verdict.NO;
            case "limit" -> Verdict.LIMIT;
            default -> throw new IllegalStateException("no verdict: " + columns[2]);
        };
        return new Row(columns[0], columns[1], verdict, columns[3]);
    }
}
