package dev.laneway.testkit.wire;

/** What a vendor makes of a request. */
public sealed interface Reading {
    /** It will be answered. */
    record Understood(VendorCall call) implements Reading {}

    /** It is refused. */
    record Refused(VendorError error) implements Reading {}
}
