package dev.laneway.contracts;

import java.util.Objects;

/**
 * A window of a budget that can't pay for an attempt, whatever becomes of the money that is held in it.
 *
 * @param window as in {@link Hold#windows}
 * @param left its limit less what is booked, not negative. What is only held is not taken off: it may be given back
 */
public record Shortage(String window, Money left) {
    public Shortage {
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(left, "left");
    }
}
