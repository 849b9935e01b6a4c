package dev.laneway.dialects.gemini;

import dev.laneway.dialects.neutral.GoogleSignature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another vendor's signature in the place where a client of Gemini keeps Google's: in base64, which its SDKs demand, and with a
 * mark, by which it is known when it comes back.
 */
final class ForeignSignature {
    /** Nine bytes, so that their base64 is a prefix of the whole. */
    private static final String MARK = "elsewhere";

    /** What Google documents for calls that no Gemini made; Gemini CLI writes one on each call that came without a signature. */
    private static final Set<String> PLACEHOLDERS =
            Set.of(ContentWriter.UNSIGNED, "context_engineering_is_the_way_to_go");

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

    /** A {@code thoughtSignature} as a neutral signature; null where it signs nothing, as what stands in the place of a missing one. */
    static @Nullable String read(@Nullable String written) {
        if (written == null || written.isEmpty() || PLACEHOLDERS.contains(written)) {
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
