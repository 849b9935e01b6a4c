package dev.laneway.runtime.config.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.SecretRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An entry of {@code model_list} with everything stated, so that reading it again needs no environment and guesses nothing. */
final class EntryJson {
    private EntryJson() {}

    static ObjectNode of(Deployment deployment, Terms terms, @Nullable String id) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("model_name", deployment.group());
        ObjectNode params = entry.putObject("litellm_params");
        params.put("model", deployment.provider() + "/" + deployment.vendorModel());
        params.put("api_base", deployment.baseUrl().toString());
        params.put(
                "api_key",
                deployment.apiKey() == null ? null : deployment.apiKey().text());
        cloud(deployment.cloud(), params);
        params.put("timeout", seconds(deployment.timeout()));
        params.put("stream_timeout", seconds(deployment.streamTimeout()));
        params.put("weight", deployment.weight());
        if (deployment.maxParallel() != null) {
            params.put("max_parallel_requests", deployment.maxParallel());
        }
        rules(params, deployment.rules());
        RateLimits limits = terms.limits();
        if (limits != null && limits.requestsPerMinute() > 0) {
            params.put("rpm", limits.requestsPerMinute());
        }
        if (limits != null && limits.tokensPerMinute() > 0) {
            params.put("tpm", limits.tokensPerMinute());
        }
        for (Budget budget : terms.budgets()) {
            params.put("max_budget", budget.limit().dollars());
            params.put("budget_duration", budget.period().text());
        }
        if (!deployment.extraHeaders().isEmpty()) {
            ObjectNode headers = params.putObject("extra_headers");
            deployment.extraHeaders().forEach(headers::put);
        }
        if (!deployment.extra().isEmpty()) {
            ObjectNode body = params.putObject("extra_body");
            deployment.extra().forEach(body::set);
        }
        info(entry.putObject("model_info"), deployment, id);
        return entry;
    }

    private static void cloud(@Nullable CloudAccess cloud, ObjectNode params) {
        switch (cloud) {
            case null -> {}
            case CloudAccess.Aws(var region, var keys) -> {
                if (!region.isEmpty()) {
                    params.put("aws_region_name", region);
                }
                aws(keys, params);
            }
            case CloudAccess.Google(var project, var location, var account) -> {
                if (project != null) {
                    params.put("vertex_project", project);
                }
                params.put("vertex_location", location);
                put(params, "vertex_credentials", account);
            }
            case CloudAccess.Azure(var version, var token) -> {
                params.put("api_version", version);
                put(params, "azure_ad_token", token);
            }
        }
    }

    private static void aws(AwsKeys keys, ObjectNode params) {
        switch (keys) {
            case AwsKeys.Unsigned _ -> {}
            case AwsKeys.Found _ -> params.put(AwsReader.CHAIN, true);
            case AwsKeys.Stated(var id, var secret, var session) -> {
                put(params, "aws_access_key_id", id);
                put(params, "aws_secret_access_key", secret);
                put(params, "aws_session_token", session);
            }
            case AwsKeys.Profile(var name) -> params.put("aws_profile_name", name);
            case AwsKeys.Assumed(var role, var by) -> {
                aws(by, params);
                role(role, params);
            }
            case AwsKeys.WebIdentity(var role, var token) -> {
                role(role, params);
                put(params, "aws_web_identity_token", token);
            }
        }
    }

    private static void role(AwsKeys.Role role, ObjectNode params) {
        params.put("aws_role_name", role.arn());
        params.put("aws_session_name", role.session());
        if (role.externalId() != null) {
            params.put("aws_external_id", role.externalId());
        }
        if (role.sts() != null) {
            params.put("aws_sts_endpoint", role.sts().toString());
        }
    }

    private static void put(ObjectNode params, String name, @Nullable SecretRef reference) {
        if (reference != null) {
            params.put(name, reference.text());
        }
    }

    static ObjectNode of(Entry.Unusable unusable) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("model_name", unusable.group());
        entry.putObject("litellm_params").put("model", unusable.why().model());
        ObjectNode info = entry.putObject("model_info");
        if (unusable.id() != null) {
            info.put("id", unusable.id());
        }
        info.put("zone", unusable.zone().id());
        info.put("out_of_service", unusable.why().reason());
        return entry;
    }

    private static void rules(ObjectNode params, CallRules rules) {
        if (rules.order() != CallRules.LAST) {
            params.put("order", rules.order());
        }
        if (rules.retries() != null) {
            params.put("num_retries", rules.retries());
        }
        Duration time = rules.cooldown().time();
        if (time != null) {
            params.put("cooldown_time", seconds(time));
        }
        if (!rules.drops().isEmpty()) {
            ArrayNode drops = params.putArray("additional_drop_params");
            rules.sortedDrops().forEach(drops::add);
        }
    }

    private static void info(ObjectNode info, Deployment deployment, @Nullable String id) {
        ModelInfo model = deployment.modelInfo();
        if (id != null) {
            info.put("id", id);
        }
        info.put("zone", deployment.zone().id());
        info.put("account", deployment.account());
        if (deployment.region() != null) {
            info.put("region", deployment.region());
        }
        info.put("mode", model.mode());
        if (model.maxInputTokens() != null) {
            info.put("max_input_tokens", model.maxInputTokens());
        }
        if (model.maxOutputTokens() != null) {
            info.put("max_output_tokens", model.maxOutputTokens());
        }
        if (model.baseModel() != null) {
            info.put("base_model", model.baseModel());
        }
        model.price()
                .amounts()
                .forEach((key, amount) ->
                        info.put(key.configKey(), amount.dollars().toPlainString()));
        new TreeSet<>(model.supports()).forEach(name -> info.put("supports_" + name, true));
        new TreeSet<>(model.lacks()).forEach(name -> info.put("supports_" + name, false));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }
}
