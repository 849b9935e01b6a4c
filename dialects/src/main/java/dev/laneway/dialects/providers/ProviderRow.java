package dev.laneway.dialects.providers;

import dev.laneway.contracts.VendorDialect;
import java.util.EnumSet;
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
        VendorDialect dialect,
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

    /** The same vendor under another name and by another dialect, of whose quirks none are known. */
    ProviderRow as(String otherName, VendorDialect other) {
        var kept = EnumSet.noneOf(Quirk.class);
        for (var quirk : List.of(Quirk.ROOT_BASE_URL, Quirk.TAKES_REASONING_EFFORT)) {
            if (quirks.contains(quirk)) {
                kept.add(quirk);
            }
        }
        return new ProviderRow(otherName, other, baseUrl, auth, keyVariables, baseUrlVariables, selfHosted, kept);
    }

    /**
     * Where the vendor's API is: what was configured, else the row's own. Without a trailing slash; {@code http} where no scheme
     * is named, as in Ollama's {@code OLLAMA_HOST}; where users state a server's root, {@code /v1} is added.
     *
     * @throws IllegalArgumentException where neither says
     */
    public String resolveBaseUrl(@Nullable String configured) {
        var url = configured == null || configured.isBlank() ? baseUrl : configured.strip();
        if (url == null) {
            throw new IllegalArgumentException(name + " has no base URL of its own: config must name one");
        }
        if (!url.contains("://")) {
            url = "http://" + url;
        }
        while (url.endsWith("/")) {
            url = url.substring(0, url.length() - 1);
        }
        var hasPath = url.indexOf('/', url.indexOf("://") + 3) >= 0;
        return quirks.contains(Quirk.ROOT_BASE_URL) && !hasPath ? url + "/v1" : url;
    }

    /** How a key travels. */
    public enum AuthStyle {
        /** {@code Authorization: Bearer KEY}. */
        BEARER,
        /** {@code x-api-key: KEY}. */
        X_API_KEY,
        /** {@code api-key: KEY}, as Azure has it; or a token of Microsoft Entra as a bearer. */
        API_KEY,
        /** A signature by an AWS access key (SigV4), made outside of this module; or {@code Authorization: Bearer KEY}. */
        AWS,
        /** An OAuth token of a Google service account, fetched outside of this module. */
        GOOGLE,
        /** {@code x-goog-api-key: KEY}. */
        X_GOOG_API_KEY,
        /** No key is needed; one that is configured goes as a bearer. */
        NONE
    }
}
