package dev.laneway.ingress.auth;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in a call's headers: {@code Authorization: Bearer} (OpenAI's and Anthropic's SDKs), {@code x-api-key} (Anthropic),
 * {@code x-goog-api-key} (Gemini), {@code api-key} (Azure). Some agents send two, one of them a placeholder: any may be the one.
 */
final class PresentedKeys {
    private static final String BEARER = "Bearer ";
    private static final List<String> OTHERS = List.of("x-api-key", "x-goog-api-key", "api-key");

    private PresentedKeys() {}

    static List<String> of(MultiMap headers) {
        List<String> keys = new ArrayList<>(1);
        String authorization = headers.get("authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            add(keys, authorization.substring(BEARER.length()));
        }
        for (String name : OTHERS) {
            add(keys, headers.get(name));
        }
        return keys;
    }

    private static void add(List<String> keys, @Nullable String key) {
        if (key != null && !key.isBlank()) {
            keys.add(key.strip());
        }
    }
}
