package dev.laneway.provider.call;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Said;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of an attempt's event, and of that of its failure: the client's body, unless it is elsewhere, and behind it what the
 * client was told, where the next attempt continues. All of it content.
 */
final class AttemptValue {
    private AttemptValue() {}

    /** The value without what was said. */
    static byte[] body(Attempt attempt, byte[] value) {
        Said said = attempt.continues();
        return said == null ? value : Arrays.copyOf(value, split(said, value));
    }

    /** What was said; null where the attempt answers from the start. */
    static byte @Nullable [] said(Attempt attempt, byte[] value) {
        Said said = attempt.continues();
        return said == null ? null : Arrays.copyOfRange(value, split(said, value), value.length);
    }

    /** The value for the next attempt, which continues this one. */
    static byte[] with(Attempt attempt, byte[] value, byte[] said) {
        byte[] body = body(attempt, value);
        byte[] whole = Arrays.copyOf(body, body.length + said.length);
        System.arraycopy(said, 0, whole, body.length, said.length);
        return whole;
    }

    private static int split(Said said, byte[] value) {
        if (said.bytes() > value.length) {
            throw new IllegalArgumentException("a value of " + value.length + " bytes with " + said.bytes() + " said");
        }
        return value.length - said.bytes();
    }
}
