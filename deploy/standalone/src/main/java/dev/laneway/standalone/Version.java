package dev.laneway.standalone;

/** What this build calls itself. */
final class Version {
    static final String TEXT = "Laneway 0.1.0";

    private Version() {}
}
