package dev.laneway.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.alerts.AlertJson;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.config.settings.Alias;
import dev.laneway.runtime.config.settings.Fallback;
import dev.laneway.runtime.config.settings.Settings;
import dev.laneway.runtime.config.terms.TermsJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form in which a config is published, kept and named: the file's own format, as JSON, with everything stated that was taken
 * from an environment or left to a default, and without a secret. What has no effect isn't in it.
 */
final class CanonicalText {
    /** A record of the control topic must fit into a broker's default limit of 1 MB. */
    static final int MOST_BYTES = 900_000;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private CanonicalText() {}

    static String of(
            ArrayNode models,
            Settings settings,
            List<Fallback> fallbacks,
            Map<String, JsonNode> routing,
            List<Holder> holders,
            AlertSettings alerts) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("model_list", models);
        routing.forEach(root::set);
        root.set("router_settings", router(settings, fallbacks));
        root.putObject("litellm_settings")
                .put(
                        "request_timeout",
                        seconds(settings.limits().requestTimeout().toMillis()));
        root.set("general_settings", general(settings));
        if (!settings.keys().isEmpty()) {
            root.set("api_keys", keys(settings.keys()));
        }
        if (!holders.isEmpty()) {
            root.set("holders", TermsJson.of(holders));
        }
        if (!alerts.equals(AlertSettings.USUAL)) {
            root.set("alerts", AlertJson.of(alerts));
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can be written", impossible);
        }
    }

    private static ObjectNode router(Settings settings, List<Fallback> fallbacks) {
        ObjectNode router = JsonNodeFactory.instance.objectNode();
        router.put("num_retries", settings.router().numRetries());
        router.put("retry_after", seconds(settings.router().retryAfter().toMillis()));
        failures(settings.router(), router);
        if (settings.router().strategy() != RoutingStrategy.WEIGHT) {
            router.put("routing_strategy", settings.router().strategy().id());
        }
        if (settings.ratesAreLimits()) {
            router.putArray("optional_pre_call_checks").add("enforce_model_rate_limits");
        }
        ObjectNode aliases = router.putObject("model_group_alias");
        for (Alias alias : settings.aliases()) {
            aliases.putObject(alias.name()).put("model", alias.target()).put("hidden", alias.hidden());
        }
        for (HopOrigin origin : HopOrigin.values()) {
            ArrayNode arrows = JsonNodeFactory.instance.arrayNode();
            fallbacks.stream()
                    .filter(arrow -> arrow.origin() == origin && !arrow.named())
                    .forEach(arrow -> arrow(arrow, arrows));
            if (!arrows.isEmpty()) {
                router.set(origin.id(), arrows);
            }
        }
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        fallbacks.stream().filter(Fallback::named).forEach(arrow -> arrow(arrow, named));
        if (!named.isEmpty()) {
            router.set("fallback_routes", named);
        }
        return router;
    }

    private static void failures(RouterSettings settings, ObjectNode router) {
        if (!settings.retryPolicy().equals(RetryPolicy.NONE)) {
            router.set("retry_policy", policy(settings.retryPolicy()));
        }
        if (!settings.groupPolicies().isEmpty()) {
            ObjectNode groups = router.putObject("model_group_retry_policy");
            new TreeMap<>(settings.groupPolicies()).forEach((group, policy) -> groups.set(group, policy(policy)));
        }
        Cooldown cooldown = settings.cooldown();
        if (cooldown.disabled() || cooldown.failures() != Cooldown.USUAL.failures()) {
            router.put("allowed_fails", cooldown.failures() - 1);
            router.put("disable_cooldowns", cooldown.disabled());
        }
        AllowedFails allowed = cooldown.byKind();
        if (!allowed.equals(AllowedFails.NONE)) {
            router.putObject("allowed_fails_policy")
                    .put("TimeoutErrorAllowedFails", allowed.timeout())
                    .put("InternalServerErrorAllowedFails", allowed.serverError());
        }
        if (cooldown.time() != null) {
            router.put("cooldown_time", seconds(cooldown.time().toMillis()));
        }
    }

    private static ObjectNode policy(RetryPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("TimeoutErrorRetries", policy.timeout());
        json.put("RateLimitErrorRetries", policy.rateLimit());
        json.put("InternalServerErrorRetries", policy.serverError());
        json.put("ServiceUnavailableErrorRetries", policy.unavailable());
        json.put("DefaultRetries", policy.otherwise());
        return json;
    }

    private static ArrayNode keys(List<FileKey> keys) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (FileKey key : keys) {
            ObjectNode entry =
                    json.addObject().put("key", "sha256/" + key.sha256()).put("name", key.owner());
            TermsJson.put(key.terms(), entry);
        }
        return json;
    }

    private static void arrow(Fallback arrow, ArrayNode arrows) {
        if (arrow.origin() == HopOrigin.DEFAULT_FALLBACKS) {
            arrows.add(arrow.to());
        } else {
            arrows.addObject()
                    .putArray(arrow.from() == null ? "*" : arrow.from())
                    .add(arrow.to());
        }
    }

    private static ObjectNode general(Settings settings) {
        ObjectNode general = JsonNodeFactory.instance.objectNode();
        general.put("expose_models", settings.exposeModels());
        Limits limits = settings.limits();
        if (limits.maxBodyBytes() != Limits.DEFAULT_MAX_BODY_BYTES) {
            general.put(
                    "max_request_size_mb",
                    BigDecimal.valueOf(limits.maxBodyBytes()).divide(BigDecimal.valueOf(1024 * 1024)));
        }
        general.put("max_tokens_per_request", limits.maxTokens());
        if (!settings.trustedProxies().isEmpty()) {
            ArrayNode proxies = general.putArray("trusted_proxy_ranges");
            settings.trustedProxies().forEach(proxies::add);
        }
        if (settings.masterKey() != null) {
            general.put("master_key", settings.masterKey().text());
        }
        return general;
    }

    private static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    }
}
