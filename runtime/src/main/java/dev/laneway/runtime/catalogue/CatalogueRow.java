package dev.laneway.runtime.catalogue;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model from one day on. Immutable.
 *
 * @param vendor a provider row's name, such as {@code openai}
 * @param model the vendor's name of it, without white space
 * @param date when the price was seen to hold, or from when on it holds; one in the future takes effect then
 * @param standing how far it can be relied on
 * @param mode what it is called for
 * @param source where it is from; null where its vendor's line says so, or nobody does
 * @param price by the token, call and image; nothing in it where the model is known, and what it costs is not
 * @param window the most tokens of a prompt; 0 where it is not known
 * @param maxOutput the most tokens of an answer; 0 where it is not known
 * @param bounds of what is no text; what they don't say is as its vendor's line has it
 */
public record CatalogueRow(
        String vendor,
        String model,
        LocalDate date,
        Standing standing,
        Mode mode,
        @Nullable String source,
        StatedPrice price,
        long window,
        long maxOutput,
        Set<Capability> can,
        Bounds bounds) {
    public CatalogueRow {
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(price, "price");
        Objects.requireNonNull(bounds, "bounds");
        can = Set.copyOf(can);
        if (window < 0 || maxOutput < 0) {
            throw new IllegalArgumentException("a window below nothing");
        }
    }

    /** Names the model without its date. */
    public String name() {
        return vendor + "/" + model;
    }

    /** What its calls cost; null where nothing is known of that. */
    public @Nullable Price toPrice() {
        return toPrice(StatedPrice.NONE);
    }

    /** The same, where its vendor takes such fees. */
    @Nullable
    Price toPrice(StatedPrice fees) {
        return price.isEmpty() ? null : new Price(name() + "@" + date, Rates.of(price.over(fees)));
    }

    /** The same, from there. */
    CatalogueRow from(@Nullable String otherSource) {
        return new CatalogueRow(
                vendor, model, date, standing, mode, otherSource, price, window, maxOutput, can, bounds);
    }

    /** The same, with the other one's bounds where it says none. */
    CatalogueRow unsaidAs(CatalogueRow other) {
        Bounds all = bounds.over(other.bounds);
        return all.equals(bounds)
                ? this
                : new CatalogueRow(vendor, model, date, standing, mode, source, price, window, maxOutput, can, all);
    }

    /** @param unsaid of its vendor's other models */
    Capabilities capabilities(Bounds unsaid) {
        return new Capabilities(window, maxOutput, can, true, bounds.over(unsaid));
    }

    /** How far a row can be relied on. */
    public enum Standing {
        /** Compared with the vendor's own published price. */
        VERIFIED,
        /** Taken over from another table. */
        IMPORTED;

        /** As a catalogue file spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Standing> ofWord(String word) {
            for (Standing one : values()) {
                if (one.word().equals(word)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /** What a model is called for. */
    public enum Mode {
        CHAT,
        COMPLETION,
        RESPONSES,
        EMBEDDING;

        /** As a catalogue file spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Mode> ofWord(String word) {
            for (Mode one : values()) {
                if (one.word().equals(word)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }
}
