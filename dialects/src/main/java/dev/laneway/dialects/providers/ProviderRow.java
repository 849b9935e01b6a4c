package dev.laneway.dialects.providers;

import dev.laneway.contracts.Dialect;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vendor.
 *
 * @param name LiteLLM's prefix of its models, such as {@code together_ai}
 * @param baseUrl where its API is when config says nothing, without a trailing slash; null where config must say
 * @param keyVariables environment variables that may hold its key, first one set wins
 * @param baseUrlVariables environment variables that may hold its base URL, first one set wins
 * @param selfHosted whether operators run it themselves, so that it may be of zone {@code local} at a private address
 */
public record ProviderRow(
        String name,
        Dialect dialect,
        @Nullable String baseUrl,
        AuthStyle auth,
        List<String> keyVariables,
        List<String> baseUrlVariables,
        boolean selfHosted,
        Set<Quirk> quirks) {

    public ProviderRow {
        keyVariables = List.copyOf(keyVariables);
        baseUrlVariables = List.copyOf(baseUrlVariables);
        quirks = Set.copyOf(quirks);
    }

    /** How a key travels. */
    public enum AuthStyle {
        /** {@code Authorization: Bearer KEY}. */
        BEARER,
        /** {@code x-api-key: KEY}. */
        X_API_KEY,
        /** No key is needed; one that is configured goes as a bearer. */
        NONE
    }
}
