package dev.laneway.standalone.cli;

/** What this build calls itself. */
public final class Version {
    public static final String TEXT = "Laneway 0.1.0";

    private Version() {}
}
