package dev.laneway.runtime.catalogue;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue says of all models of a vendor whose rows don't say otherwise.
 *
 * @param source where its rows are from; null where nobody says
 * @param fees of uses of its own tools
 * @param bounds of what it makes of images, documents and uses of its tools
 */
public record VendorLine(@Nullable String source, StatedPrice fees, Bounds bounds) {
    static final VendorLine NOTHING = new VendorLine(null, StatedPrice.NONE, Bounds.UNKNOWN);

    public VendorLine {
        Objects.requireNonNull(fees, "fees");
        Objects.requireNonNull(bounds, "bounds");
        for (PriceTerm.Key key : fees.amounts().keySet()) {
            if (!key.term().perUse()) {
                throw new IllegalArgumentException(key.term().word() + " is a model's price, and not its vendor's");
            }
        }
    }

    /** This one; what it does not say as the other has it. */
    VendorLine over(VendorLine other) {
        return new VendorLine(source == null ? other.source : source, fees.over(other.fees), bounds.over(other.bounds));
    }
}
