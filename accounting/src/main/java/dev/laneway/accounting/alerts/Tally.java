package dev.laneway.accounting.alerts;

import java.util.Objects;

/**
 * What is counted.
 *
 * @param minute since the epoch, in UTC
 * @param subject a provider, a deployment's id, a key's id; by the measure
 */
record Tally(long minute, Measure measure, String subject) {
    Tally {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(subject, "subject");
    }
}
