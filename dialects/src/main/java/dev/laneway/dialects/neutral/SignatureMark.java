package dev.laneway.dialects.neutral;

import dev.laneway.contracts.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Names the dialect in front of a proof of reasoning that no other dialect's vendor may be shown: {@code openai-responses;PROOF}.
 * Proofs without a mark are as they came. Such a signature travels through any caller, and comes back.
 */
public final class SignatureMark {
    private SignatureMark() {}

    /** The proof as a signature of that dialect. */
    public static String put(Dialect dialect, String proof) {
        return start(dialect) + proof;
    }

    /** The proof, if the signature is of that dialect; else null. */
    public static @Nullable String take(Dialect dialect, String signature) {
        return signature.startsWith(start(dialect))
                ? signature.substring(start(dialect).length())
                : null;
    }

    /** Whether the signature is marked as that of another dialect. */
    public static boolean isForeign(Dialect reader, String signature) {
        for (var dialect : Dialect.values()) {
            if (dialect != reader && signature.startsWith(start(dialect))) {
                return true;
            }
        }
        return false;
    }

    private static String start(Dialect dialect) {
        return dialect.id() + ";";
    }
}
