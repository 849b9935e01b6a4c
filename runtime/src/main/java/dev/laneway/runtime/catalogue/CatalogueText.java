package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
 * input tokens. {@code #} begins a comment.
 */
public final class CatalogueText {
    private static final int MILLION_DIGITS = 6;
    private static final Pattern VENDOR = Pattern.compile("\\[([a-z0-9_.-]{1,60})](?: source=(\\S+))?");
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
        Map<String, String> sources = new LinkedHashMap<>();
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
            if (heading.matches()) {
                vendor = heading.group(1);
                if (heading.group(2) != null) {
                    sources.put(vendor, heading.group(2));
                }
                continue;
            }
            try {
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
        return new Read(new Catalogue(rows, sources), problems);
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
            String source = catalogue.sources().get(vendor);
            text.append("\n[").append(vendor).append(']');
            text.append(source == null ? "" : " source=" + source).append('\n');
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

    /** Dollars by the million tokens, or of one call or image. */
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
        SortedMap<PriceTerm.Key, Money> amounts = new TreeMap<>();
        Map<String, String> others = new HashMap<>();
        for (int i = 4; i < words.length; i++) {
            Matcher field = FIELD.matcher(words[i]);
            if (!field.matches()) {
                throw new IllegalArgumentException("is no name=value: " + words[i]);
            }
            PriceTerm term = PriceTerm.ofWord(field.group(1)).orElse(null);
            long above = field.group(2) == null ? 0 : Long.parseLong(field.group(2));
            Object twice = term == null
                    ? others.put(field.group(1), field.group(3))
                    : amounts.put(new PriceTerm.Key(term, above), money(term, field.group(3)));
            if (twice != null) {
                throw new IllegalArgumentException("says it twice: " + words[i]);
            }
        }
        CatalogueRow row = new CatalogueRow(
                vendor,
                words[0],
                date,
                standing,
                mode,
                others.remove("source"),
                new StatedPrice(amounts),
                tokens(others.remove("window")),
                tokens(others.remove("most")),
                can(others.remove("can")));
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "knows nothing of " + others.keySet().iterator().next());
        }
        return row;
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
