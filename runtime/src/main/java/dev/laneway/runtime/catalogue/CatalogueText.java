package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a catalogue file: a line for each vendor, {@code [openai] source=URL}, and below it a line for each of its models:
 *
 * <pre>
 * gpt-4o 2026-08-06 verified chat in=2.5 out=10 cached=1.25 window=128000 most=16384 can=json,tools,vision
 * </pre>
 *
 * Prices are decimal dollars for a million tokens ({@code request} and {@code image} for one), {@code in>200000=5} above a number of
 * input tokens. {@code #} begins a comment. A vendor's line may have the fees of its own tools, and the most tokens of an image, a document
 * and a use of a tool: they go for its models that don't say otherwise.
 */
public final class CatalogueText {
    private static final int MILLION_DIGITS = 6;
    private static final Pattern VENDOR = Pattern.compile("\\[([a-z0-9_.-]{1,60})]((?: \\S+)*)");
    private static final Pattern FIELD = Pattern.compile("([a-z-]+)(?:>(\\d{1,9}))?=(\\S+)");

    private CatalogueText() {}

    /**
     * What a file holds.
     *
     * @param catalogue all lines that could be read
     * @param problems what is wrong with the others
     */
    public record Read(Catalogue catalogue, List<Problem> problems) {}

    /** What is wrong with a line, counted from 1. */
    public record Problem(int line, String what) {}

    /** Reads all of it; a wrong line costs no other. */
    public static Read read(String text) {
        List<CatalogueRow> rows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, VendorLine> vendors = new LinkedHashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        String vendor = null;
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher heading = VENDOR.matcher(line);
            try {
                if (heading.matches()) {
                    vendor = heading.group(1);
                    Words words = Words.of(heading.group(2).strip());
                    VendorLine said =
                            new VendorLine(words.take("source"), new StatedPrice(words.amounts), words.bounds());
                    words.end();
                    vendors.merge(vendor, said, (before, now) -> now.over(before));
                    continue;
                }
                if (vendor == null) {
                    throw new IllegalArgumentException("is of no vendor: write [vendor] above it");
                }
                CatalogueRow row = row(vendor, line);
                Integer before = seen.putIfAbsent(row.name() + "@" + row.date(), number);
                if (before != null) {
                    throw new IllegalArgumentException("says the same model and day as line " + before);
                }
                rows.add(row);
            } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException wrong) {
                problems.add(new Problem(number, String.valueOf(wrong.getMessage())));
            }
        }
        return new Read(new Catalogue(rows, vendors), problems);
    }

    /** The whole of a catalogue, by vendor and name, so that two of them can be compared line by line. */
    public static String write(Catalogue catalogue, String comment) {
        SortedMap<String, SortedMap<String, CatalogueRow>> vendors = new TreeMap<>();
        for (CatalogueRow row : catalogue.rows()) {
            vendors.computeIfAbsent(row.vendor(), name -> new TreeMap<>()).put(row.model() + " " + row.date(), row);
        }
        StringBuilder text = new StringBuilder();
        comment.lines().forEach(line -> text.append("# ").append(line).append('\n'));
        vendors.forEach((vendor, rows) -> {
            VendorLine said = catalogue.vendor(vendor);
            text.append("\n[").append(vendor).append(']');
            text.append(said.source() == null ? "" : " source=" + said.source());
            StringJoiner line = new StringJoiner(" ", " ", "").setEmptyValue("");
            said.fees().amounts().forEach((key, amount) -> line.add(field(key) + "=" + number(key.term(), amount)));
            bounds(said.bounds(), line);
            text.append(line).append('\n');
            rows.values().forEach(row -> text.append(line(row)).append('\n'));
        });
        return text.toString();
    }

    /** One model's line. */
    public static String line(CatalogueRow row) {
        StringJoiner line = new StringJoiner(" ");
        line.add(row.model()).add(row.date().toString()).add(row.standing().word());
        line.add(row.mode().word());
        row.price().amounts().forEach((key, amount) -> line.add(field(key) + "=" + number(key.term(), amount)));
        if (row.window() > 0) {
            line.add("window=" + row.window());
        }
        if (row.maxOutput() > 0) {
            line.add("most=" + row.maxOutput());
        }
        bounds(row.bounds(), line);
        if (!row.can().isEmpty()) {
            StringJoiner can = new StringJoiner(",");
            EnumSet.copyOf(row.can()).forEach(capability -> can.add(capability.word()));
            line.add("can=" + can);
        }
        if (row.source() != null) {
            line.add("source=" + row.source());
        }
        return line.toString();
    }

    private static void bounds(Bounds bounds, StringJoiner to) {
        if (bounds.image() > 0) {
            to.add("image-most=" + bounds.image());
        }
        if (bounds.document() > 0) {
            to.add("document-most=" + bounds.document());
        }
        if (bounds.use() > 0) {
            to.add("use-most=" + bounds.use());
        }
    }

    /** Dollars by the million tokens, or of one call, image or use. */
    public static String number(PriceTerm term, Money amount) {
        BigDecimal dollars = term.perToken() ? amount.dollars().movePointRight(MILLION_DIGITS) : amount.dollars();
        return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
    }

    static String field(PriceTerm.Key key) {
        return key.above() == 0 ? key.term().word() : key.term().word() + ">" + key.above();
    }

    private static CatalogueRow row(String vendor, String line) {
        String[] words = line.split("\\s+");
        if (words.length < 4) {
            throw new IllegalArgumentException("wants a model, a day, verified or imported, and what it is called for");
        }
        LocalDate date = date(words[1]);
        CatalogueRow.Standing standing = known(CatalogueRow.Standing.ofWord(words[2]), words[2]);
        CatalogueRow.Mode mode = known(CatalogueRow.Mode.ofWord(words[3]), words[3]);
        Words said = Words.of(String.join(" ", Arrays.copyOfRange(words, 4, words.length)));
        CatalogueRow row = new CatalogueRow(
                vendor,
                words[0],
                date,
                standing,
                mode,
                said.take("source"),
                new StatedPrice(said.amounts),
                tokens(said.take("window")),
                tokens(said.take("most")),
                can(said.take("can")),
                said.bounds());
        said.end();
        return row;
    }

    /** The {@code name=value}s of a line. */
    private record Words(SortedMap<PriceTerm.Key, Money> amounts, Map<String, String> others) {
        static Words of(String line) {
            Words words = new Words(new TreeMap<>(), new HashMap<>());
            for (String word : line.isEmpty() ? new String[0] : line.split("\\s+")) {
                words.add(word);
            }
            return words;
        }

        private void add(String word) {
            Matcher field = FIELD.matcher(word);
            if (!field.matches()) {
                throw new IllegalArgumentException("is no name=value: " + word);
            }
            PriceTerm term = PriceTerm.ofWord(field.group(1)).orElse(null);
            long above = field.group(2) == null ? 0 : Long.parseLong(field.group(2));
            Object twice = term == null
                    ? others.put(field.group(1), field.group(3))
                    : amounts.put(new PriceTerm.Key(term, above), money(term, field.group(3)));
            if (twice != null) {
                throw new IllegalArgumentException("says it twice: " + word);
            }
        }

        @Nullable
        String take(String name) {
            return others.remove(name);
        }

        Bounds bounds() {
            return new Bounds(tokens(take("image-most")), tokens(take("document-most")), tokens(take("use-most")));
        }

        void end() {
            if (!others.isEmpty()) {
                throw new IllegalArgumentException("has a word that is not known: "
                        + others.keySet().iterator().next());
            }
        }
    }

    private static LocalDate date(String word) {
        try {
            return LocalDate.parse(word);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("is no day such as 2026-08-06: " + word, wrong);
        }
    }

    private static <T> T known(Optional<T> found, String word) {
        return found.orElseThrow(() -> new IllegalArgumentException("is no known word there: " + word));
    }

    private static Money money(PriceTerm term, String text) {
        try {
            BigDecimal dollars = new BigDecimal(text);
            Money money = Money.ofDollars(term.perToken() ? dollars.movePointLeft(MILLION_DIGITS) : dollars);
            if (money.picos() < 0) {
                throw new IllegalArgumentException("is below nothing: " + text);
            }
            return money;
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("is no decimal number: " + text, wrong);
        } catch (ArithmeticException wrong) {
            throw new IllegalArgumentException("is finer than a trillionth of a dollar, or too large: " + text, wrong);
        }
    }

    private static long tokens(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,12}")) {
            throw new IllegalArgumentException("is no number of tokens: " + text);
        }
        return Long.parseLong(text);
    }

    private static Set<Capability> can(@Nullable String text) {
        Set<Capability> can = EnumSet.noneOf(Capability.class);
        if (text != null) {
            for (String word : text.split(",")) {
                can.add(known(Capability.ofWord(word), word));
            }
        }
        return can;
    }
}
