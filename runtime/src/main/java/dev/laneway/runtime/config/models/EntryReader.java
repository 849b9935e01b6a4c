package dev.laneway.runtime.config.models;

import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import dev.laneway.runtime.config.settings.Settings;
import dev.laneway.runtime.config.terms.TermsReader;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code model_list}. */
final class EntryReader {
    static final Set<String> PARAMS = params();
    private static final int MOST_SECONDS = 86_400;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    /** Without these a request is none. */
    private static final Set<String> KEPT =
            Set.of("model", "messages", "input", "contents", "prompt", "stream", "max_tokens", "max_completion_tokens");

    private static final Pattern CREDENTIAL_HEADER =
            Pattern.compile(".*(auth|token|api-?key|x-key|secret|cookie|password|credential).*");

    private final Reading reading;
    private final Settings settings;
    private final Providers providers;
    private final ProviderName names;
    private final BaseUrls addresses;
    private final Keys keys;
    private final CloudReader clouds;
    private final ZoneRule zones;
    private final Accounts accounts;
    private final KnownKeys known;
    private final TermsReader terms;

    EntryReader(Reading reading, Providers providers, Settings settings, TermsReader terms) {
        this.reading = reading;
        this.terms = terms;
        this.settings = settings;
        this.providers = providers;
        this.names = new ProviderName(providers);
        this.addresses = new BaseUrls(reading);
        this.keys = new Keys(reading);
        this.clouds = new CloudReader(reading, keys);
        this.zones = new ZoneRule(providers, reading.problems());
        this.accounts = new Accounts(reading.problems());
        this.known = new KnownKeys(reading);
    }

    /** The entry; null when it can't be one, which the problems then say. */
    @Nullable
    Entry read(String group, Text model, Block params, InfoReader.Stated info) {
        Text stated = params.text("custom_llm_provider");
        Entry entry = switch (names.tell(model.value(), stated == null ? null : stated.value())) {
            case ProviderName.Told.Known(ProviderRow row, String vendorModel) ->
                of(spoken(row, info), group, vendorModel, model, params, info);
            case ProviderName.Told.NotYet(String prefix) -> {
                String reason = "the provider " + prefix + " is not supported by this version";
                reading.problems().unsupported(model.place(), "the provider " + prefix, "it is out of service");
                yield unusable(group, model, params, info, Zone.CLOUD, reason);
            }
            case ProviderName.Told.Strange(String prefix) -> {
                strange(prefix, model.place());
                ignoreRest(params);
                yield null;
            }
            case ProviderName.Told.Bare() -> {
                reading.problems().error(model.place(), "says no provider", "write PROVIDER/" + model.value());
                ignoreRest(params);
                yield null;
            }
        };
        known.leftInLiteLlms(params, "litellm_params");
        return entry;
    }

    /** The vendor by the API that {@code model_info.mode} names: {@code responses} where it has that beside the chat one. */
    private ProviderRow spoken(ProviderRow row, InfoReader.Stated info) {
        ProviderRow responses = info.model().mode().equals("responses") ? names.responses(row) : null;
        return responses == null ? row : responses;
    }

    /** An account's zone may differ where one model of a pattern runs elsewhere: named anew for it. */
    Entry.Target inZone(Entry.Target target, Zone zone) {
        ProviderRow row = providers.find(target.provider());
        if (target.zone() == zone || row == null) {
            return target;
        }
        String account = accounts.name(row, target.baseUrl(), target.apiKey(), target.cloud(), zone, null);
        return new Entry.Target(
                target.provider(),
                account,
                target.vendorModel(),
                target.baseUrl(),
                target.apiKey(),
                target.cloud(),
                zone);
    }

    /** The provider that one model of a pattern is called by. */
    String provider(String ofPattern, String model) {
        ProviderRow claude = ProviderCatalogue.claudeOn(ofPattern, model, providers::find);
        return claude == null ? ofPattern : claude.name();
    }

    private @Nullable Entry of(
            ProviderRow row, String group, String vendorModel, Text model, Block params, InfoReader.Stated info) {
        BedrockName name = row.auth() == ProviderRow.AuthStyle.AWS
                ? BedrockName.of(vendorModel)
                : new BedrockName(null, vendorModel);
        return switch (clouds.read(row, params, name.region())) {
            case CloudReader.Read.Wrong() -> {
                ignoreRest(params);
                yield null;
            }
            case CloudReader.Read.Unset(String variable) ->
                unset(variable, "aws_region_name", group, model, params, info);
            case CloudReader.Read.None() -> at(row, null, null, group, name.id(), model, params, info);
            case CloudReader.Read.Found(CloudAccess access, URI address) ->
                at(row, access, address, group, name.id(), model, params, info);
        };
    }

    private @Nullable Entry at(
            ProviderRow row,
            @Nullable CloudAccess cloud,
            @Nullable URI platform,
            String group,
            String vendorModel,
            Text model,
            Block params,
            InfoReader.Stated info) {
        return switch (addresses.find(row, params, platform)) {
            case BaseUrls.Found.Wrong() -> {
                ignoreRest(params);
                yield null;
            }
            case BaseUrls.Found.Unset(String variable) -> unset(variable, "api_base", group, model, params, info);
            case BaseUrls.Found.At(URI url, boolean stated) -> {
                Zone zone = zones.decide(row, url, vendorModel, info.zone(), info.zonePlace());
                SecretRef key = keys.find(row, cloud, params, url, stated);
                warnOfPlainHttp(url, zone, key, params.place("api_base"));
                BigDecimal weight = params.number("weight", 0, 1_000_000);
                String reason = weight != null && weight.signum() == 0 ? "its weight is 0" : info.outOfService();
                if (reason != null) {
                    yield unusable(group, model, params, info, zone, reason);
                }
                String account = accounts.name(row, url, key, cloud, zone, info.account());
                yield callable(
                        group, params, info, new Entry.Target(row.name(), account, vendorModel, url, key, cloud, zone));
            }
        };
    }

    private Entry unset(String variable, String key, String group, Text model, Block params, InfoReader.Stated info) {
        reading.problems()
                .warn(
                        params.place(key),
                        variable + " is not set here, so this deployment is out of service",
                        "set it, or write " + key);
        Zone zone = info.zone() == Zone.LOCAL ? Zone.LOCAL : Zone.CLOUD;
        return unusable(group, model, params, info, zone, variable + " is not set");
    }

    private Entry callable(String group, Block params, InfoReader.Stated info, Entry.Target target) {
        Duration timeout = params.seconds("timeout", MOST_SECONDS);
        Duration stream = params.seconds("stream_timeout", MOST_SECONDS);
        Duration whole = timeout == null ? settings.timeout() : timeout;
        Duration piece = timeout == null ? settings.streamTimeout() : timeout;
        var extra = new LinkedHashMap<>(settings.defaults());
        extra.putAll(RequestFields.take(params));
        Text region = params.text("region_name");
        rate(params, "rpm");
        rate(params, "tpm");
        BigDecimal rpm = params.number("rpm", 0, Integer.MAX_VALUE);
        BigDecimal tpm = params.number("tpm", 0, Integer.MAX_VALUE);
        return new Entry.Callable(
                group,
                params.place(),
                info.id(),
                target,
                whole,
                stream == null ? piece : stream,
                new Entry.Shares(params.number("weight", 0, 1_000_000), rpm, tpm),
                parallel(params),
                extra,
                headers(params),
                model(params, info.model()),
                info.region() != null ? info.region() : region == null ? null : region.value(),
                rules(params),
                settings.ratesAreLimits() ? limited(terms.budget(params), rpm, tpm) : terms.budget(params));
    }

    private static Terms limited(Terms budget, @Nullable BigDecimal rpm, @Nullable BigDecimal tpm) {
        RateLimits limits = new RateLimits(whole(rpm), whole(tpm), 0, 0, 0, 0);
        return budget.filledFrom(Terms.limited(limits));
    }

    private static long whole(@Nullable BigDecimal rate) {
        return rate == null ? 0 : rate.longValue();
    }

    /** What {@code litellm_params} say of the model goes before what {@code model_info} does. */
    private static ModelInfo model(Block params, ModelInfo info) {
        Text base = params.text("base_model");
        return info.with(
                base == null ? info.baseModel() : base.value(),
                PriceReader.read(params).over(info.price()));
    }

    /** @see CallRules */
    private CallRules rules(Block params) {
        Integer order = params.whole("order", 0, 1_000_000);
        Integer retries = params.whole("num_retries", 0, 20);
        Integer clients = params.whole("max_retries", 0, 20);
        Duration cooldown = params.seconds("cooldown_time", MOST_SECONDS);
        Set<String> drops = new TreeSet<>();
        for (Text name : params.texts("additional_drop_params")) {
            if (!FIELD.matcher(name.value()).matches()) {
                reading.problems()
                        .unsupported(
                                name.place(),
                                "only fields at the top of a request are dropped",
                                "write its name alone");
            } else if (KEPT.contains(name.value())) {
                reading.problems().error(name.place(), name.value() + " can't be dropped", "remove it");
            } else {
                drops.add(name.value());
            }
        }
        return new CallRules(
                order == null ? CallRules.LAST : order,
                retries == null ? clients : retries,
                settings.router().cooldown().lasting(cooldown),
                drops);
    }

    private @Nullable Integer parallel(Block params) {
        Integer own = params.whole("max_parallel_requests", 1, 100_000);
        return own == null ? settings.maxParallel() : own;
    }

    private Entry unusable(String group, Text model, Block params, InfoReader.Stated info, Zone zone, String reason) {
        ignoreRest(params);
        return new Entry.Unusable(group, params.place(), info.id(), new OutOfService(model.value(), zone, reason));
    }

    /** What can't be called isn't judged further, but its keys stay known. */
    static void ignoreRest(Block params) {
        PARAMS.forEach(params::take);
        PriceReader.ignore(params);
    }

    private void rate(Block params, String key) {
        Value rate = params.entries().get(key);
        if (rate == null || rate.isNull()) {
            return;
        }
        if (settings.ratesAreLimits()) {
            BigDecimal stated = params.glimpse(key);
            if (stated != null && stated.compareTo(BigDecimal.ONE) < 0) {
                reading.problems()
                        .error(rate.place(), "lets no call through", "write weight: 0 to take it out of service");
            }
            reading.problems().holds(rate.place(), "a limit in any sixty seconds, of all calls together");
        } else {
            reading.problems()
                    .differently(
                            rate.place(), "shares out the load of its group and is no limit", "write weight to say so");
        }
    }

    private Map<String, String> headers(Block params) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers(params, "headers", headers);
        headers(params, "extra_headers", headers);
        Text organization = params.text("organization");
        if (organization != null) {
            headers.put("OpenAI-Organization", organization.value());
        }
        return headers;
    }

    private void headers(Block params, String name, Map<String, String> headers) {
        Block block = params.block(name);
        for (String key : block == null ? Set.<String>of() : block.entries().keySet()) {
            if (CREDENTIAL_HEADER.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
                reading.problems().error(params.place(name), key + " looks like a credential", "write it as api_key");
                continue;
            }
            Text value = block == null ? null : block.text(key);
            if (value != null) {
                headers.put(key, value.value().strip());
            }
        }
    }

    private void warnOfPlainHttp(URI url, Zone zone, @Nullable SecretRef key, Place at) {
        boolean plain = "http".equalsIgnoreCase(url.getScheme());
        if (plain && zone == Zone.CLOUD && key != null && Host.of(url.getHost()) == Host.PUBLIC) {
            reading.problems().warn(at, "key and prompts travel unencrypted to " + url.getHost(), "write https://");
        }
    }

    private void strange(String prefix, Place at) {
        Set<String> rows = new TreeSet<>();
        providers.all().forEach(row -> rows.add(row.name()));
        reading.problems()
                .error(
                        at,
                        "unknown provider " + prefix,
                        Spelling.didYouMean(
                                prefix, rows, "for an OpenAI-compatible server write openai/MODEL with its api_base"));
    }

    private static Set<String> params() {
        Set<String> names = new TreeSet<>(RequestFields.NAMES);
        names.addAll(CloudReader.PARAMS);
        names.addAll(Set.of(
                "model",
                "custom_llm_provider",
                "api_base",
                "base_url",
                "api_key",
                "timeout",
                "stream_timeout",
                "weight",
                "rpm",
                "tpm",
                "max_parallel_requests",
                "max_budget",
                "budget_duration",
                "extra_headers",
                "headers",
                "order",
                "num_retries",
                "max_retries",
                "cooldown_time",
                "additional_drop_params",
                Credentials.KEY,
                "extra_body",
                "organization",
                "base_model",
                "region_name"));
        return Set.copyOf(names);
    }
}
