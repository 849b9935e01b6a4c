package dev.laneway.runtime.catalogue;

import dev.laneway.dialects.providers.ProviderCatalogue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong with a catalogue, and for what nobody has looked at for long. */
public final class CatalogueCheck {
    /** No vendor sold models by the token before. */
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    /** A change of prices is not told longer before. */
    private static final int MOST_DAYS_AHEAD = 366;

    private CatalogueCheck() {}

    /**
     * What was found.
     *
     * @param errors a bill by them would be wrong
     * @param warnings a bill by them may be wrong by now, or can't be compared
     */
    public record Found(List<String> errors, List<String> warnings) {
        public Found {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /** @param months how old the row in force of a model may be before that is said */
    public static Found of(Catalogue catalogue, LocalDate today, int months) {
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, Stale> stale = new TreeMap<>();
        for (CatalogueRow row : catalogue.rows()) {
            String name = row.name() + "@" + row.date();
            Plausibility.doubts(row).forEach(doubt -> errors.add(name + " " + doubt));
            if (row.date().isBefore(FIRST) || row.date().isAfter(today.plusDays(MOST_DAYS_AHEAD))) {
                errors.add(name + " is of a day that can't be meant");
            }
            if (catalogue.source(row).isEmpty()) {
                String missing = name + " has no source";
                (row.standing() == CatalogueRow.Standing.VERIFIED ? errors : warnings).add(missing);
            }
            if (ProviderCatalogue.find(row.vendor()) == null) {
                warnings.add(name + " is of a provider that isn't there");
            }
            if (isStale(catalogue, row, today, months)) {
                stale.computeIfAbsent(row.vendor(), vendor -> new Stale()).add(row);
            }
        }
        stale.forEach((vendor, old) -> warnings.add(old.say(vendor, months)));
        return new Found(errors, warnings);
    }

    /** How many models' rows in force are older than that. */
    static int stale(Catalogue catalogue, LocalDate today, int months) {
        return (int) catalogue.rows().stream()
                .filter(row -> isStale(catalogue, row, today, months))
                .count();
    }

    private static boolean isStale(Catalogue catalogue, CatalogueRow row, LocalDate today, int months) {
        return row.date().isBefore(today.minusMonths(months))
                && row.equals(catalogue.find(row.vendor(), row.model(), today));
    }

    /** Old rows of a vendor: hundreds of lines would hide the others. */
    private static final class Stale {
        private int count;
        private @Nullable CatalogueRow oldest;

        void add(CatalogueRow row) {
            count++;
            if (oldest == null || row.date().isBefore(oldest.date())) {
                oldest = row;
            }
        }

        String say(String vendor, int months) {
            String which = oldest == null ? "" : ", such as " + oldest.model() + " of " + oldest.date();
            return vendor + ": nobody has looked at the prices of " + count + (count == 1 ? " model" : " models")
                    + " for " + months + " months" + which;
        }
    }
}
