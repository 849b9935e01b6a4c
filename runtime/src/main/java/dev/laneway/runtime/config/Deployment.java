package dev.laneway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One vendor model under one account.
 *
 * @param id opaque and stable while group, account, zone, address and model stay the same: {@code d_} and 12 hex digits
 * @param group its {@code model_name}
 * @param provider the provider row's name, such as {@code openai}
 * @param account credentials, address and quota that it shares with others: lower-case letters, digits and hyphens, 1 to 40
 * @param vendorModel the vendor's own name for the model; holds one {@code *} where the group is a pattern
 * @param baseUrl without a trailing slash; what the dialect's paths are put behind
 * @param apiKey absent where the provider needs none
 * @param zone where it runs
 * @param timeout for a whole answer that isn't streamed
 * @param streamTimeout for the next piece of a streamed one
 * @param weight share of its group's load, at least 1
 * @param maxParallel calls under way at once from one worker
 * @param extra request fields that are set where the client set none, such as {@code temperature}
 * @param extraHeaders sent to the vendor; never credentials
 * @param region where it processes data, where the file says so
 * @param cloud what a cloud platform's API wants beside a key; null where its vendor is none
 * @param rules how it is called
 */
public record Deployment(
        String id,
        String group,
        String provider,
        String account,
        String vendorModel,
        URI baseUrl,
        @Nullable SecretRef apiKey,
        Zone zone,
        Duration timeout,
        Duration streamTimeout,
        int weight,
        @Nullable Integer maxParallel,
        Map<String, JsonNode> extra,
        Map<String, String> extraHeaders,
        ModelInfo modelInfo,
        @Nullable String region,
        @Nullable CloudAccess cloud,
        CallRules rules) {
    public Deployment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(vendorModel, "vendorModel");
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(streamTimeout, "streamTimeout");
        Objects.requireNonNull(modelInfo, "modelInfo");
        Objects.requireNonNull(rules, "rules");
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " of deployment " + id);
        }
    }

    /** One whose vendor is no cloud platform, and that is called as usual. */
    public Deployment(
            String id,
            String group,
            String provider,
            String account,
            String vendorModel,
            URI baseUrl,
            @Nullable SecretRef apiKey,
            Zone zone,
            Duration timeout,
            Duration streamTimeout,
            int weight,
            @Nullable Integer maxParallel,
            Map<String, JsonNode> extra,
            Map<String, String> extraHeaders,
            ModelInfo modelInfo,
            @Nullable String region) {
        this(
                id,
                group,
                provider,
                account,
                vendorModel,
                baseUrl,
                apiKey,
                zone,
                timeout,
                streamTimeout,
                weight,
                maxParallel,
                extra,
                extraHeaders,
                modelInfo,
                region,
                null,
                CallRules.USUAL);
    }

    /** How many answers it is asked for where the client says no number. */
    public long defaultChoices() {
        JsonNode n = extra.get("n");
        return n == null ? 1 : Math.max(1, n.asLong(1));
    }

    /** Every secret that its calls need. */
    public Stream<SecretRef> secrets() {
        return Stream.concat(Stream.ofNullable(apiKey), cloud == null ? Stream.empty() : cloud.secrets());
    }

    /**
     * Where it runs what an alias asks for: a local pattern asked for a model of the vendor's cloud is in the cloud. What a fence
     * compares with a request's zone.
     */
    public Zone zone(String alias) {
        return CloudModel.is(vendorModel(alias)) ? Zone.CLOUD : zone;
    }

    /**
     * The name of the provider's row that an alias is called by: behind {@code vertex_ai/*} a Claude goes as Anthropic has it. Money and
     * limits go by {@link #provider()}.
     */
    public String provider(String alias) {
        ProviderRow claude = vendorModel.contains("*")
                ? ProviderCatalogue.claudeOn(provider, vendorModel(alias), ProviderCatalogue::find)
                : null;
        return claude == null ? provider : claude.name();
    }

    /**
     * The name to call the vendor's model by, for a client that asked for that alias: {@code openai/gpt-4o} asked of
     * {@code openai/*} is {@code gpt-4o}.
     */
    public String vendorModel(String alias) {
        Wildcard pattern = Wildcard.of(group);
        String part = pattern == null ? null : pattern.part(alias);
        return part == null ? vendorModel : Wildcard.fill(vendorModel, provider, part);
    }
}
