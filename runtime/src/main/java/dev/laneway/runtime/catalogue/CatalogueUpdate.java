package dev.laneway.runtime.catalogue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What another catalogue would change: of each model the row that would be in force, and those of later days, where they are not older than
 * what is in force then, nor of the same day and less sure, and say something else.
 *
 * @param changes in the order of vendors, names and days
 * @param older models of which something newer is in force
 * @param refused rows whose price was compared with nobody's and is another one altogether, each with what is odd about it
 */
public record CatalogueUpdate(List<Change> changes, int older, List<String> refused) {
    /** With which some programs begin a file of text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public CatalogueUpdate {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
    }

    /**
     * One model's.
     *
     * @param before in force until then; null for a model that is new
     * @param ahead whether its day has not come
     */
    public record Change(@Nullable CatalogueRow before, CatalogueRow after, boolean ahead) {
        /**
         * {@code + openai/gpt-x: in=1 out=2}, or {@code ~ openai/gpt-x: in=1 -> 2}; {@code ~ openai/gpt-x from 2027-01-01: in=1 -> 2} ahead. It
         * tells where a price that was compared with its vendor's makes room for one that was not.
         */
        public String line() {
            String model = after.name() + (ahead ? " from " + after.date() : "");
            if (before == null) {
                return "+ " + model + ": " + prices(after);
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
            boolean lessSure = before.standing() == CatalogueRow.Standing.VERIFIED
                    && after.standing() == CatalogueRow.Standing.IMPORTED;
            return "~ " + model + ": " + String.join(", ", parts) + (lessSure ? " (verified -> imported)" : "");
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
        String whole = new String(file, StandardCharsets.UTF_8);
        String text = whole.startsWith(BYTE_ORDER_MARK) ? whole.substring(1) : whole;
        return text.stripLeading().startsWith("{") ? table(file, date) : lines(text);
    }

    private static Read lines(String text) {
        CatalogueText.Read read = CatalogueText.read(text);
        List<String> problems = new ArrayList<>();
        read.problems().forEach(problem -> problems.add("line " + problem.line() + " " + problem.what()));
        if (problems.isEmpty() && read.catalogue().rows().isEmpty()) {
            problems.add("holds no model: it is neither a catalogue nor a price table of LiteLLM's");
        }
        return new Read(read.catalogue(), problems, List.of(), 0);
    }

    private static Read table(byte[] file, LocalDate date) {
        try {
            ImportedTable.Result result = ImportedTable.read(file, date);
            List<String> refused = new ArrayList<>();
            result.refused().forEach((model, why) -> refused.add(model + " " + why));
            boolean nothing = result.catalogue().rows().isEmpty() && refused.isEmpty();
            List<String> problems = nothing
                    ? List.of("holds no model that is called here, and " + result.others()
                            + " members of other kinds: it is no price table of LiteLLM's")
                    : List.of();
            return new Read(result.catalogue(), problems, refused, result.others());
        } catch (IllegalArgumentException wrong) {
            return new Read(Catalogue.EMPTY, List.of(Objects.requireNonNullElse(wrong.getMessage(), "")), List.of(), 0);
        }
    }

    /**
     * A file that was read.
     *
     * @param problems for which nothing of it is to be taken
     * @param refused rows that are not to be taken
     * @param others how many of a table's models are of vendors or kinds that aren't called
     */
    public record Read(Catalogue catalogue, List<String> problems, List<String> refused, int others) {}

    /** @param today by which rows are in force */
    public static CatalogueUpdate of(Catalogue inForce, Catalogue other, LocalDate today) {
        Map<String, List<CatalogueRow>> models = new TreeMap<>();
        for (CatalogueRow row : other.rows()) {
            String source = other.source(row);
            models.computeIfAbsent(row.name(), name -> new ArrayList<>())
                    .add(row.from(source.isEmpty() ? null : source));
        }
        List<Change> changes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int older = 0;
        for (List<CatalogueRow> rows : models.values()) {
            rows.sort(Comparator.comparing(CatalogueRow::date));
            CatalogueRow taken = null;
            boolean left = false;
            for (CatalogueRow said : stillToCount(rows, today)) {
                LocalDate day = said.date().isAfter(today) ? said.date() : today;
                CatalogueRow before = later(inForce.find(said.vendor(), said.model(), day), taken);
                CatalogueRow after = before == null ? said : said.unsaidAs(before);
                if (before != null && (before.date().isAfter(after.date()) || isSurer(before, after))) {
                    left = true;
                } else if (before != null
                        && after.standing() == CatalogueRow.Standing.IMPORTED
                        && Plausibility.leap(before, after) != null) {
                    refused.add(after.name() + " " + Plausibility.leap(before, after)
                            + ": where that is meant, write it as verified");
                } else if (before == null || !saysTheSame(before, after)) {
                    changes.add(new Change(before, after, after.date().isAfter(today)));
                    taken = after;
                }
            }
            older += left ? 1 : 0;
        }
        return new CatalogueUpdate(changes, older, refused);
    }

    /** The row that is in force, and those that will be; by day. */
    private static List<CatalogueRow> stillToCount(List<CatalogueRow> dated, LocalDate today) {
        int from = 0;
        for (int i = 0; i < dated.size(); i++) {
            if (!dated.get(i).date().isAfter(today)) {
                from = i;
            }
        }
        return dated.subList(from, dated.size());
    }

    private static @Nullable CatalogueRow later(@Nullable CatalogueRow one, @Nullable CatalogueRow other) {
        return one == null || (other != null && other.date().isAfter(one.date())) ? other : one;
    }

    /** Of the same day, and compared with its vendor's, as the other one is not. */
    private static boolean isSurer(CatalogueRow one, CatalogueRow other) {
        return one.date().equals(other.date())
                && one.standing() == CatalogueRow.Standing.VERIFIED
                && other.standing() == CatalogueRow.Standing.IMPORTED;
    }

    private static boolean saysTheSame(CatalogueRow one, CatalogueRow other) {
        return one.price().equals(other.price())
                && one.window() == other.window()
                && one.maxOutput() == other.maxOutput()
                && one.can().equals(other.can())
                && one.bounds().equals(other.bounds());
    }

    /** The file that goes over the release from now on: the changes, and what it had of other models and of later days. */
    public Catalogue over(Catalogue file) {
        Map<String, LocalDate> last = new HashMap<>();
        changes.forEach(change ->
                last.merge(key(change.after), change.after.date(), (one, two) -> one.isAfter(two) ? one : two));
        List<CatalogueRow> kept = file.rows().stream()
                .filter(row -> !last.containsKey(key(row)) || row.date().isAfter(last.get(key(row))))
                .toList();
        return new Catalogue(kept, file.vendors())
                .under(new Catalogue(changes.stream().map(Change::after).toList(), Map.of()));
    }

    private static String key(CatalogueRow row) {
        return row.name().toLowerCase(Locale.ROOT);
    }
}
