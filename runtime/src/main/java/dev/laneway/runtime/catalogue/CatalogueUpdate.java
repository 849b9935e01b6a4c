package dev.laneway.runtime.catalogue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What another catalogue would change: of each model its newest row, where it is not older than the one in force and says something
 * else.
 *
 * @param changes in the order of vendors and names
 * @param older models of which something newer is in force
 */
public record CatalogueUpdate(List<Change> changes, int older) {
    public CatalogueUpdate {
        changes = List.copyOf(changes);
    }

    /**
     * One model's.
     *
     * @param before in force; null for a model that is new
     */
    public record Change(@Nullable CatalogueRow before, CatalogueRow after) {
        /** {@code + openai/gpt-x: in=1 out=2}, or {@code ~ openai/gpt-x: in=1 -> 2}. */
        public String line() {
            if (before == null) {
                return "+ " + after.name() + ": " + prices(after);
            }
            Map<String, String> was = words(before);
            Map<String, String> is = words(after);
            List<String> parts = new ArrayList<>();
            is.forEach((name, value) -> {
                String old = was.get(name);
                if (!value.equals(old)) {
                    parts.add(name + "=" + (old == null ? "" : old + " -> ") + value);
                }
            });
            was.keySet().stream().filter(name -> !is.containsKey(name)).forEach(name -> parts.add("no " + name));
            return "~ " + after.name() + ": " + String.join(", ", parts);
        }

        private static String prices(CatalogueRow row) {
            return row.price().isEmpty() ? "no price" : String.join(" ", pairs(row));
        }

        private static List<String> pairs(CatalogueRow row) {
            List<String> pairs = new ArrayList<>();
            row.price()
                    .amounts()
                    .forEach((key, amount) ->
                            pairs.add(CatalogueText.field(key) + "=" + CatalogueText.number(key.term(), amount)));
            return pairs;
        }

        private static Map<String, String> words(CatalogueRow row) {
            Map<String, String> words = new LinkedHashMap<>();
            for (String pair : pairs(row)) {
                int at = pair.indexOf('=');
                words.put(pair.substring(0, at), pair.substring(at + 1));
            }
            words.put("window", Long.toString(row.window()));
            words.put("most", Long.toString(row.maxOutput()));
            words.put(
                    "can",
                    row.can().stream().map(Capability::word).sorted().toList().toString());
            return words;
        }
    }

    /**
     * Reads a file in either form.
     *
     * @param date of a table in LiteLLM's form, which has none
     * @return what it holds, and what is wrong with it, a line each
     */
    public static Read read(byte[] file, LocalDate date) {
        String text = new String(file, StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("{")) {
            CatalogueText.Read read = CatalogueText.read(text);
            return new Read(
                    read.catalogue(),
                    read.problems().stream()
                            .map(problem -> "line " + problem.line() + " " + problem.what())
                            .toList(),
                    List.of());
        }
        try {
            ImportedTable.Result result = ImportedTable.read(file, date);
            List<String> refused = new ArrayList<>();
            result.refused().forEach((model, why) -> refused.add(model + " " + why));
            return new Read(result.catalogue(), List.of(), refused);
        } catch (IllegalArgumentException wrong) {
            return new Read(Catalogue.EMPTY, List.of(Objects.requireNonNullElse(wrong.getMessage(), "")), List.of());
        }
    }

    /**
     * A file that was read.
     *
     * @param problems for which nothing of it is to be taken
     * @param refused rows that are not to be taken
     */
    public record Read(Catalogue catalogue, List<String> problems, List<String> refused) {}

    /** @param today by which rows are in force */
    public static CatalogueUpdate of(Catalogue inForce, Catalogue other, LocalDate today) {
        Map<String, CatalogueRow> newest = new TreeMap<>();
        for (CatalogueRow row : other.rows()) {
            String source = other.source(row);
            newest.merge(
                    row.name(),
                    row.from(source.isEmpty() ? null : source),
                    (one, two) -> two.date().isAfter(one.date()) ? two : one);
        }
        List<Change> changes = new ArrayList<>();
        int older = 0;
        for (CatalogueRow said : newest.values()) {
            CatalogueRow before = inForce.find(said.vendor(), said.model(), today);
            CatalogueRow after = before == null ? said : said.unsaidAs(before);
            if (before != null && before.date().isAfter(after.date())) {
                older++;
            } else if (before == null || !saysTheSame(before, after)) {
                changes.add(new Change(before, after));
            }
        }
        return new CatalogueUpdate(changes, older);
    }

    private static boolean saysTheSame(CatalogueRow one, CatalogueRow other) {
        return one.price().equals(other.price())
                && one.window() == other.window()
                && one.maxOutput() == other.maxOutput()
                && one.can().equals(other.can())
                && one.bounds().equals(other.bounds());
    }

    /** What goes before the release from now on: the changes, and what went before it already of other models. */
    public Catalogue over(Catalogue file) {
        return file.under(new Catalogue(changes.stream().map(Change::after).toList(), Map.of()));
    }
}
