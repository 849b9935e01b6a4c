package dev.laneway.runtime.config.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.Network;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.RoutingStrategy;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.alerts.AlertReader;
import dev.laneway.runtime.config.alerts.AlertSettings;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.terms.HolderReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the settings blocks. Where two blocks say the same thing, {@code router_settings} wins, as LiteLLM has it; fallbacks add up. */
public final class SettingsReader {
    private static final int MOST_SECONDS = 86_400;
    /** Callbacks of LiteLLM's that refuse or rewrite requests. */
    private static final Set<String> REFUSING_CALLBACKS = Set.of(
            "aporia_prompt_injection",
            "azure_content_safety",
            "banned_keywords",
            "blocked_user_check",
            "detect_prompt_injection",
            "dynamic_rate_limiter",
            "dynamic_rate_limiter_v3",
            "google_text_moderation",
            "hide_secrets",
            "lakera_prompt_injection",
            "llamaguard_moderations",
            "llmguard_moderations",
            "openai_moderations",
            "presidio");

    private static final Set<String> ALWAYS_THERE = Set.of("max_budget_limiter", "parallel_request_limiter");
    private static final Set<String> LIMITING_CHECKS = Set.of("enforce_model_rate_limits");

    private static final String USAGE_BASED = "usage-based-routing";

    private final Reading reading;
    private final KnownKeys known;
    private final FallbackReader fallbacks;
    private final KeyListReader keys;
    private final HolderReader holders;
    private final AlertReader alerts;
    private final List<Alias> aliases = new ArrayList<>();
    private final Map<String, JsonNode> defaults = new LinkedHashMap<>();

    public SettingsReader(Reading reading, FallbackReader fallbacks, KeyListReader keys, HolderReader holders) {
        this.reading = reading;
        this.holders = holders;
        this.keys = keys;
        this.alerts = new AlertReader(reading);
        this.known = new KnownKeys(reading);
        this.fallbacks = fallbacks;
    }

    /** What the blocks say of alerts; to be asked after the reading. */
    public AlertSettings alerts() {
        return alerts.settings();
    }

    /** Takes the three blocks of the file's top mapping; {@code defaultsReader} reads the request fields of a block. */
    public Settings read(Block top, BiFunction<Block, String, Map<String, JsonNode>> defaultsReader) {
        Block router = top.block("router_settings");
        Block litellm = top.block("litellm_settings");
        Block general = top.block("general_settings");
        Integer retries = firstSet(whole(router, "num_retries", 20), whole(litellm, "num_retries", 20));
        Duration after = firstSet(wait(router), wait(litellm));
        Duration request = seconds(litellm, "request_timeout");
        Duration timeout = firstSet(seconds(router, "timeout"), seconds(litellm, "timeout"));
        ServerUrls servers = new ServerUrls(reading);
        servers.take(top);
        servers.take(router);
        servers.take(general);
        Duration stream = firstSet(seconds(router, "stream_timeout"), seconds(litellm, "stream_timeout"));
        RouterSettings failures = new FailureRulesReader(reading)
                .read(retries == null ? 2 : retries, after == null ? Duration.ZERO : after, router, litellm)
                .by(strategy(router == null ? null : router.text("routing_strategy")));
        Integer parallel =
                firstSet(parallel(router, "default_max_parallel_requests"), parallel(general, "max_parallel_requests"));
        holders.global(top);
        holders.global(router);
        holders.global(litellm);
        holders.global(general);
        holders.listed(top);
        if (router != null) {
            holders.budgets(router, "provider_budget_config", Scope.PROVIDER);
            readRouter(router, defaultsReader);
        }
        if (litellm != null) {
            holders.everyKey(litellm);
            holders.budgets(litellm, "tag_budget_config", Scope.TAG);
            litellm.items("callbacks").forEach(this::callback);
            fallbacks.readAll(litellm);
            known.leftInLiteLlms(litellm, "litellm_settings");
        }
        Boolean expose = general == null ? null : general.flag("expose_models");
        SecretRef masterKey = general == null ? null : masterKey(general);
        Duration deadline = request == null ? Limits.DEFAULT_REQUEST_TIMEOUT : request;
        Duration whole = timeout == null ? deadline : timeout;
        Limits limits = new Limits(maxBody(general), deadline, maxTokens(general));
        keys.read(top);
        alerts.readLiteLlms(top);
        alerts.readLiteLlms(general);
        alerts.read(top);
        List<String> proxies = general == null ? List.of() : proxies(general);
        if (general != null) {
            fallbacks.readAll(general);
            keys.read(general);
            known.leftInLiteLlms(general, "general_settings");
        }
        return new Settings(
                failures,
                limits,
                whole,
                stream == null ? whole : stream,
                defaults,
                aliases,
                keys.keys(),
                proxies,
                expose != null && expose,
                ratesAreLimits(router),
                parallel,
                masterKey);
    }

    private List<String> proxies(Block general) {
        List<String> proxies = new ArrayList<>();
        for (Text text : general.texts("trusted_proxy_ranges")) {
            if (Network.of(text.value()) == null) {
                reading.problems()
                        .error(text.place(), "is no network", "write an address, or a block such as 10.0.0.0/8");
            } else {
                proxies.add(text.value().strip());
            }
        }
        Boolean forwarded = general.flag("use_x_forwarded_for");
        if (forwarded != null && forwarded && proxies.isEmpty()) {
            reading.problems()
                    .differently(
                            general.place("use_x_forwarded_for"),
                            "X-Forwarded-For is believed of proxies in trusted_proxy_ranges alone, and none is named",
                            "write trusted_proxy_ranges: [the addresses of your proxies]");
        }
        return List.copyOf(proxies);
    }

    private static @Nullable Integer parallel(@Nullable Block block, String key) {
        return block == null ? null : block.whole(key, 1, 100_000);
    }

    private void readRouter(Block router, BiFunction<Block, String, Map<String, JsonNode>> defaultsReader) {
        fallbacks.readAll(router);
        Block shared = router.block("default_litellm_params");
        if (shared != null) {
            defaults.putAll(defaultsReader.apply(shared, "litellm_params"));
        }
        Block names = router.block("model_group_alias");
        if (names != null) {
            names.entries().forEach(this::alias);
        }
        for (Text check : router.texts("optional_pre_call_checks")) {
            if (check.value().equals("router_budget_limiting")) {
                reading.problems().holds(check.place(), "budgets are always kept");
            } else if (LIMITING_CHECKS.contains(check.value())) {
                reading.problems().holds(check.place(), "rpm and tpm of deployments are limits");
            } else {
                reading.problems().unsupported(check.place(), check.value(), "remove it");
            }
        }
        known.leftInLiteLlms(router, "router_settings");
    }

    /** What {@code routing_strategy} says, and how it is kept. */
    private RoutingStrategy strategy(@Nullable Text stated) {
        if (stated == null) {
            return RoutingStrategy.WEIGHT;
        }
        Optional<RoutingStrategy> known = RoutingStrategy.of(stated.value());
        if (known.isEmpty()) {
            reading.problems().differently(stated.place(), "load is shared out by weight", "write simple-shuffle");
            return RoutingStrategy.WEIGHT;
        }
        reading.problems().holds(stated.place(), how(known.get()));
        return known.get();
    }

    private static String how(RoutingStrategy strategy) {
        return switch (strategy) {
            case WEIGHT -> "by weight, else rpm, else tpm";
            case LEAST_BUSY -> "by the calls under way that workers told of within 2 s, and those sent since";
            case LATENCY -> "by the mean time to a first token of late; within a tenth of the fastest by weight";
            case USAGE ->
                "by the share of rpm and tpm that was used in the last minute, else by tokens; both are limits";
            case COST -> "by what the prompt and the tokens asked for cost; without a price comes last";
        };
    }

    private void alias(String name, Value value) {
        if (value.isScalar()) {
            Text target = value.text(reading);
            if (target != null) {
                aliases.add(new Alias(name, target.value(), false, value.place()));
            }
            return;
        }
        Block block = value.block(reading);
        Text target = block == null ? null : block.text("model");
        if (block == null || target == null) {
            reading.problems().error(value.place(), "names no model", "write " + name + ": MODEL_NAME");
            return;
        }
        Boolean hidden = block.flag("hidden");
        known.leftInLiteLlms(block, "model_group_alias");
        aliases.add(new Alias(name, target.value(), hidden != null && hidden, value.place()));
    }

    private void callback(Value item) {
        Text name = item.text(reading);
        if (name == null) {
            return;
        }
        if (ALWAYS_THERE.contains(name.value())) {
            reading.problems().holds(item.place(), "limits and budgets are always kept");
        } else if (REFUSING_CALLBACKS.contains(name.value())) {
            reading.problems().unenforced(item.place(), "the guard " + name.value());
        } else {
            reading.problems().unsupported(item.place(), "there are no logging callbacks yet", "remove it");
        }
    }

    private @Nullable SecretRef masterKey(Block general) {
        SecretRef key = general.secret("master_key");
        boolean elsewhere = isSet("LANEWAY_MASTER_KEY") || isSet("LITELLM_MASTER_KEY");
        if (key instanceof SecretRef.Env(String name) && !isSet(name) && !elsewhere) {
            reading.problems()
                    .warn(
                            general.place("master_key"),
                            name + " is not set here, so the key holds that is made at first start",
                            "set it where accounting and the ingress run");
        }
        return key;
    }

    private boolean isSet(String name) {
        return reading.references().variable(name) != null
                || reading.references().variable(name + "_FILE") != null;
    }

    private static long maxBody(@Nullable Block general) {
        BigDecimal megabytes = general == null ? null : general.number("max_request_size_mb", 0, 20);
        return megabytes == null
                ? Limits.DEFAULT_MAX_BODY_BYTES
                : Math.max(
                        1, megabytes.multiply(BigDecimal.valueOf(1024 * 1024)).longValue());
    }

    private @Nullable Integer maxTokens(@Nullable Block general) {
        Integer own = general == null ? null : general.whole("max_tokens_per_request", 1, Integer.MAX_VALUE);
        String set = reading.references().variable("LITELLM_PROXY_MAX_TOKENS");
        if (set == null || (general != null && general.has("max_tokens_per_request"))) {
            return own;
        }
        if (!set.matches("[1-9][0-9]{0,8}")) {
            reading.problems()
                    .error(
                            new Place("LITELLM_PROXY_MAX_TOKENS", 0),
                            "is no number of tokens",
                            "set a whole number, or unset it");
            return null;
        }
        return Integer.valueOf(set);
    }

    /** LiteLLM's checks before a call, optional ones among them, and its usage-based strategies, turn {@code rpm} and {@code tpm} into limits. */
    private static boolean ratesAreLimits(@Nullable Block router) {
        Value checks = router == null ? null : router.entries().get("enable_pre_call_checks");
        Value strategy = router == null ? null : router.entries().get("routing_strategy");
        Value optional = router == null ? null : router.entries().get("optional_pre_call_checks");
        boolean byUsage = strategy != null
                && strategy.node() instanceof ScalarNode written
                && written.getValue().startsWith(USAGE_BASED);
        return byUsage || (checks != null && !checks.asksNothing()) || (optional != null && isLimiting(optional));
    }

    private static boolean isLimiting(Value checks) {
        return checks.node() instanceof SequenceNode list
                && list.getValue().stream()
                        .anyMatch(check ->
                                check instanceof ScalarNode written && LIMITING_CHECKS.contains(written.getValue()));
    }

    private static @Nullable Duration wait(@Nullable Block block) {
        BigDecimal seconds = block == null ? null : block.number("retry_after", 0, 3600);
        return seconds == null
                ? null
                : Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static @Nullable Duration seconds(@Nullable Block block, String key) {
        return block == null ? null : block.seconds(key, MOST_SECONDS);
    }

    private static @Nullable Integer whole(@Nullable Block block, String key, int most) {
        return block == null ? null : block.whole(key, 0, most);
    }

    private static <T> @Nullable T firstSet(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }
}
