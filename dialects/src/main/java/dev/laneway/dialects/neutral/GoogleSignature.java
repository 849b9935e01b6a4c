package dev.laneway.dialects.neutral;

import dev.laneway.contracts.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code thoughtSignature} of Google's looks among the signatures of others: with its mark ({@link SignatureMark}), so that it is
 * known for Google's when a client of another dialect brings it back. One that signs a call of a tool, or a text, is a thought without
 * words before it.
 */
public final class GoogleSignature {
    private GoogleSignature() {}

    /** Google's signature with the mark. */
    public static String marked(String signature) {
        return SignatureMark.put(Dialect.GEMINI, signature);
    }

    public static boolean is(@Nullable String signature) {
        return bare(signature) != null;
    }

    /** Google's signature as Google wrote it; null where it is another's, or none. */
    public static @Nullable String bare(@Nullable String signature) {
        return signature == null ? null : SignatureMark.take(Dialect.GEMINI, signature);
    }
}
