package dev.laneway.runtime.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Models by vendor and name, each with one or more dated rows. Immutable; safe for any thread. */
public final class Catalogue {
    /** Without a model. */
    public static final Catalogue EMPTY = new Catalogue(List.of(), Map.of());

    private static final String RESOURCE = "models.txt";

    private final List<CatalogueRow> rows;
    private final Map<String, VendorLine> vendors;
    private final Map<String, List<Entry>> byName = new HashMap<>();

    /**
     * The one of this release.
     *
     * @throws IllegalStateException where the build put a broken one into it
     */
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /** Read when it is first asked for. */
    private static final class BuiltIn {
        static final Catalogue CATALOGUE = read();

        private static Catalogue read() {
            try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                CatalogueText.Read read = CatalogueText.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                if (!read.problems().isEmpty()) {
                    throw new IllegalStateException(RESOURCE + ": " + read.problems());
                }
                return read.catalogue();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /** @param vendors what goes for a vendor's rows that don't say otherwise */
    public Catalogue(Collection<CatalogueRow> rows, Map<String, VendorLine> vendors) {
        this.rows = List.copyOf(rows);
        this.vendors = Map.copyOf(vendors);
        for (CatalogueRow row : this.rows) {
            byName.computeIfAbsent(key(row.vendor(), row.model()), name -> new ArrayList<>())
                    .add(new Entry(row, row.toPrice(vendor(row.vendor()).fees())));
        }
        byName.values().forEach(dated -> dated.sort(Comparator.comparing(entry -> entry.row.date())));
    }

    /** A row and what it comes to. */
    record Entry(CatalogueRow row, @Nullable Price price) {}

    /** In the order of the file. */
    public List<CatalogueRow> rows() {
        return rows;
    }

    /** Where a vendor's rows are from that don't say so themselves; empty where nobody says. */
    public String source(CatalogueRow row) {
        String ofVendor = vendor(row.vendor()).source();
        return row.source() != null ? row.source() : ofVendor == null ? "" : ofVendor;
    }

    /** What goes for rows that don't say otherwise, by vendor. */
    public Map<String, VendorLine> vendors() {
        return vendors;
    }

    /** What goes for rows of a vendor that don't say otherwise. */
    public VendorLine vendor(String name) {
        return vendors.getOrDefault(name, VendorLine.NOTHING);
    }

    /**
     * The same, with the other one's rows: of two of the same model and day the other's, else the later one counts, as it always does. So a
     * row that somebody wrote long ago hides nothing that was seen since. What the other's rows make of images they rarely say: it is kept.
     */
    public Catalogue under(Catalogue other) {
        List<CatalogueRow> all = new ArrayList<>();
        for (CatalogueRow row : rows) {
            List<Entry> dated = other.byName.getOrDefault(key(row.vendor(), row.model()), List.of());
            if (dated.stream().noneMatch(entry -> entry.row.date().equals(row.date()))) {
                all.add(row);
            }
        }
        for (CatalogueRow row : other.rows) {
            String source = other.source(row);
            List<Entry> before = byName.get(key(row.vendor(), row.model()));
            CatalogueRow bounded = before == null ? row : row.unsaidAs(before.getLast().row);
            all.add(source.isEmpty() ? bounded : bounded.from(source));
        }
        Map<String, VendorLine> lines = new HashMap<>(vendors);
        other.vendors.forEach((vendor, line) -> lines.merge(
                vendor,
                // each of its rows has its source with it
                new VendorLine(null, line.fees(), line.bounds()),
                (own, over) -> over.over(own)));
        return new Catalogue(all, lines);
    }

    /** The row of a model that is in force on a day: the last one from before its end, else the first one there is. */
    public @Nullable CatalogueRow find(String vendor, String model, LocalDate day) {
        Entry entry = entry(vendor, model, day);
        return entry == null ? null : entry.row;
    }

    @Nullable
    Entry entry(String vendor, String model, LocalDate day) {
        List<Entry> dated = byName.get(key(vendor, model));
        if (dated == null) {
            return null;
        }
        Entry found = dated.getFirst();
        for (Entry entry : dated) {
            if (!entry.row.date().isAfter(day)) {
                found = entry;
            }
        }
        return found;
    }

    private static String key(String vendor, String model) {
        return vendor + "/" + model.toLowerCase(Locale.ROOT);
    }
}
