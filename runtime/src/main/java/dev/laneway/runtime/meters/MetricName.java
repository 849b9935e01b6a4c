package dev.laneway.runtime.meters;

/** A metric's name and meaning; implemented by the enum of each role. */
public interface MetricName {
    /** Dotted, lower case, starting with {@code laneway.}, with the unit last where it has one. */
    String id();

    /** One sentence, for {@code # HELP}. */
    String description();
}
