package dev.laneway.runtime.config.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.ModelInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An entry of {@code model_list} with everything stated, so that reading it again needs no environment and guesses nothing. */
final class EntryJson {
    private EntryJson() {}

    static ObjectNode of(Deployment deployment, @Nullable String id) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("model_name", deployment.group());
        ObjectNode params = entry.putObject("litellm_params");
        params.put("model", deployment.provider() + "/" + deployment.vendorModel());
        params.put("api_base", deployment.baseUrl().toString());
        params.put(
                "api_key",
                deployment.apiKey() == null ? null : deployment.apiKey().text());
        params.put("timeout", seconds(deployment.timeout()));
        params.put("stream_timeout", seconds(deployment.streamTimeout()));
        params.put("weight", deployment.weight());
        if (deployment.maxParallel() != null) {
            params.put("max_parallel_requests", deployment.maxParallel());
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
        new TreeSet<>(model.supports()).forEach(name -> info.put("supports_" + name, true));
        new TreeSet<>(model.lacks()).forEach(name -> info.put("supports_" + name, false));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }
}
