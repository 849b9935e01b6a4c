package dev.laneway.dialects.gemini;

import dev.laneway.dialects.neutral.GoogleSignature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Another vendor's signature in the place where a client of Gemini keeps Google's: in base64, which its SDKs demand, and with a
 * mark, by which it is known when it comes back.
 */
final class ForeignSignature {
    /** Nine bytes, so that their base64 is a prefix of the whole. */
    private static final String MARK = "elsewhere";

    static final String PREFIX = base64(MARK);

    private ForeignSignature() {}

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A neutral signature as a {@code thoughtSignature}. */
    static String written(String signature) {
        var google = GoogleSignature.bare(signature);
        return google == null ? base64(MARK + signature) : google;
    }

    /** A {@code thoughtSignature} as a neutral signature. */
    static @Nullable String read(@Nullable String written) {
        if (written == null || written.isEmpty()) {
            return null;
        }
        if (!written.startsWith(PREFIX)) {
            return GoogleSignature.marked(written);
        }
        try {
            var bytes = Base64.getDecoder().decode(written.replace('-', '+').replace('_', '/'));
            return new String(bytes, StandardCharsets.UTF_8).substring(MARK.length());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
