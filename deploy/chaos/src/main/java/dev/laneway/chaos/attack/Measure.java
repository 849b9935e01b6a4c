package dev.laneway.chaos.attack;

import java.util.Objects;

/**
 * A figure that was to stay within a limit.
 *
 * @param what with its unit
 */
public record Measure(String what, double measured, double limit) {
    public Measure {
        Objects.requireNonNull(what, "what");
    }

    public boolean kept() {
        return measured <= limit;
    }
}
