package dev.laneway.contracts;

/** A wire format that a vendor may speak: one that clients speak too, or one that only vendors do. */
public sealed interface VendorDialect permits Dialect, VendorOnlyDialect {
    /** The word used in JSON, metrics and provider rows. */
    String id();
}
