package dev.laneway.ingress;

import dev.laneway.dialects.Addressed;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What Gemini's addresses say: {@code /v1beta/models/M:generateContent}. A model's name may hold slashes and colons, and may be
 * percent-encoded; the last colon is the verb's.
 *
 * @param model without {@code models/}
 */
record GeminiAddress(String model, Verb verb) {
    enum Verb {
        GENERATE("generateContent"),
        STREAM("streamGenerateContent"),
        COUNT("countTokens");

        private final String word;

        Verb(String word) {
            this.word = word;
        }
    }

    private static final String MODELS = "models/";

    /** @return null where the path, behind its prefix, names no model or no verb that is known */
    static @Nullable GeminiAddress of(String path, String prefix) {
        String rest = decoded(path.substring(Math.min(path.length(), prefix.length() + 1)));
        int colon = rest.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String named = rest.substring(0, colon);
        String model = named.startsWith(MODELS) ? named.substring(MODELS.length()) : named;
        for (Verb verb : Verb.values()) {
            if (verb.word.equals(rest.substring(colon + 1)) && !model.isEmpty()) {
                return new GeminiAddress(model, verb);
            }
        }
        return null;
    }

    Addressed addressed(boolean stream) {
        return new Addressed(model, stream);
    }

    /** Whether a client shows by its headers that it is Google's. */
    static boolean isGoogles(HttpServerRequest http) {
        return http.headers().contains("x-goog-api-key") || http.headers().contains("x-goog-api-client");
    }

    static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
