package dev.laneway.dialects;

import dev.laneway.dialects.providers.ProviderRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how one attempt is sent.
 *
 * @param model the vendor's model id
 * @param attemptId sent as {@code x-client-request-id}
 * @param stream whether the vendor is to stream; the client's own choice
 * @param clientHeaders headers of the client that the vendor should see, names in lower case: {@code anthropic-version} and
 *     {@code anthropic-beta} go to a vendor of Anthropic's dialect, everything else is ignored
 */
public record Target(
        ProviderRow provider,
        String model,
        Endpoint endpoint,
        String attemptId,
        boolean stream,
        Map<String, String> clientHeaders,
        Policy policy) {

    public Target {
        clientHeaders = Map.copyOf(clientHeaders);
    }

    /** Where the API is, without a trailing slash. */
    public String baseUrl() {
        return provider.resolveBaseUrl(endpoint.baseUrl());
    }

    /**
     * What every call of this module sends: media types, credentials, the attempt's id; then the operator's own, which win. Names
     * in lower case.
     */
    public Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("accept", stream ? "text/event-stream" : "application/json");
        headers.put("x-client-request-id", attemptId);
        var key = endpoint.apiKey();
        if (key != null && !key.isEmpty()) {
            switch (provider.auth()) {
                case BEARER, NONE, AWS, GOOGLE -> headers.put("authorization", "Bearer " + key);
                case X_API_KEY -> headers.put("x-api-key", key);
                case API_KEY -> headers.put("api-key", key);
                case X_GOOG_API_KEY -> headers.put("x-goog-api-key", key);
            }
        }
        headers.putAll(endpoint.headers());
        return headers;
    }

    /**
     * One account's address and credentials.
     *
     * @param baseUrl as configured, with or without a trailing slash; null for the provider's own
     * @param apiKey null where the vendor needs none
     * @param headers further headers of the operator, names in lower case; they win over ours
     * @param project Google's; null elsewhere
     * @param location Google's, such as {@code us-central1} or {@code global}; null elsewhere
     * @param apiVersion Azure's {@code api-version}; null where none is sent
     */
    public record Endpoint(
            @Nullable String baseUrl,
            @Nullable String apiKey,
            Map<String, String> headers,
            @Nullable String project,
            @Nullable String location,
            @Nullable String apiVersion) {

        public Endpoint {
            headers = Map.copyOf(headers);
        }

        /** One whose vendor is no cloud platform. */
        public Endpoint(@Nullable String baseUrl, @Nullable String apiKey, Map<String, String> headers) {
            this(baseUrl, apiKey, headers, null, null, null);
        }

        /** Without credentials. */
        @Override
        public String toString() {
            return "Endpoint[" + baseUrl + "]";
        }
    }

    /**
     * What the operator demands of the request.
     *
     * @param maxTokens the limit on output to send: sets a missing one, never raises the client's, lowers a higher one; null
     *     for none
     * @param dropParams top-level fields of the vendor's dialect that are not sent (LiteLLM's {@code additional_drop_params})
     */
    public record Policy(@Nullable Integer maxTokens, Set<String> dropParams) {

        public static final Policy NONE = new Policy(null, Set.of());

        public Policy {
            dropParams = Set.copyOf(dropParams);
        }
    }
}
