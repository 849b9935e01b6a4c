package dev.laneway.runtime.config;

import dev.laneway.contracts.FailureKind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a deployment that keeps failing is left alone, and for how long.
 *
 * @param disabled never
 * @param failures in a row after which it cools, 1 or more
 * @param byKind the same number where the last of them is of some kind; goes before
 * @param time how long it cools each time; null: a second at first, then twice as long each time, up to a minute
 */
public record Cooldown(
        boolean disabled,
        int failures,
        AllowedFails byKind,
        @Nullable Duration time) {
    /** After five failures, for a second at first. */
    public static final Cooldown USUAL = new Cooldown(false, 5, null);

    public Cooldown {
        Objects.requireNonNull(byKind, "byKind");
        if (failures < 1) {
            throw new IllegalArgumentException("cooldown after " + failures + " failures");
        }
    }

    /** After as many failures of whatever kind. */
    public Cooldown(boolean disabled, int failures, @Nullable Duration time) {
        this(disabled, failures, AllowedFails.NONE, time);
    }

    /** Failures in a row after which one of a kind makes it cool. */
    public int failures(FailureKind kind) {
        Integer allowed = byKind.of(kind);
        return allowed == null ? failures : allowed + 1;
    }

    /** The same with another time; itself for none. */
    public Cooldown lasting(@Nullable Duration other) {
        return other == null ? this : new Cooldown(disabled, failures, byKind, Objects.requireNonNull(other));
    }
}
