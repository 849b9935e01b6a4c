package dev.laneway.runtime.config.alerts;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an operator wants to be told of, and where.
 *
 * @param channels each with a name of its own; without any, alerts are recorded, and can be listed
 * @param rules those in force
 */
public record AlertSettings(List<AlertChannel> channels, List<AlertRule> rules) {
    /** Of a file that says nothing. */
    public static final AlertSettings USUAL = new AlertSettings(
            List.of(),
            Arrays.stream(AlertKind.values())
                    .map(AlertKind::usual)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableList()));

    public AlertSettings {
        channels = List.copyOf(channels);
        rules = List.copyOf(rules);
    }

    /** The rules of a kind. */
    public List<AlertRule> rules(AlertKind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }
}
