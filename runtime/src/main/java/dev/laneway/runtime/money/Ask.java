package dev.laneway.runtime.money;

import dev.laneway.contracts.Attempt;
import java.util.List;
import java.util.Objects;

/**
 * Money to be held for an attempt. Amounts are billionths of a dollar.
 *
 * @param attempt its id
 * @param deadline until when the reservation lives while it is not sent, epoch milliseconds
 * @param plan where the attempt is to go: what a repeated question gets back as it was the first time
 * @param fixed the most that everything but the answer can cost
 * @param perToken the most that a token of the answer can cost
 * @param tokens of all answers, at most
 * @param fewest tokens that will do where the room is small; as many as {@code tokens} where the client said how many it wants
 * @param stated whether the client said how many it wants: whoever asks again then knows, and nobody keeps it
 * @param windows each must have room
 */
public record Ask(
        String attempt,
        long deadline,
        String plan,
        long fixed,
        long perToken,
        long tokens,
        long fewest,
        boolean stated,
        List<Window> windows) {
    public Ask {
        Objects.requireNonNull(attempt, "attempt");
        Objects.requireNonNull(plan, "plan");
        windows = List.copyOf(windows);
        if (fixed < 0 || perToken < 0 || tokens < 0) {
            throw new IllegalArgumentException("money to be held is not negative");
        }
        if (fewest < 0 || fewest > tokens) {
            throw new IllegalArgumentException("of " + tokens + " tokens " + fewest + " can't be the fewest");
        }
        if (stated && fewest < tokens) {
            throw new IllegalArgumentException("fewer than the client said will not do");
        }
    }

    /** The {@link #plan} of an attempt: deployment and account. */
    public static String planOf(Attempt attempt) {
        return attempt.deployment() + " " + attempt.account();
    }
}
