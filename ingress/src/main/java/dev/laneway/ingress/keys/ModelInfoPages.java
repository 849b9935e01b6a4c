package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.catalogue.Capabilities;
import dev.laneway.runtime.catalogue.Capability;
import dev.laneway.runtime.catalogue.Price;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.catalogue.TokenRates;
import dev.laneway.runtime.config.ChainHop;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /model/info}: each deployment of each route that the caller may call, in LiteLLM's shape: what it can do and what it costs.
 * Addresses and credentials of vendors are not shown, and which vendor and model it is to admins alone. One event loop.
 */
final class ModelInfoPages {
    private final FrontDoor door;
    private final Supplier<@Nullable GatewayConfig> config;
    private final Prices prices;

    ModelInfoPages(FrontDoor door, Supplier<@Nullable GatewayConfig> config, Prices prices) {
        this.door = door;
        this.config = config;
        this.prices = prices;
    }

    List<Served> served() {
        return List.of(Served.get("/model/info", this::list), Served.get("/v1/model/info", this::list));
    }

    private void list(Served.Asked asked) {
        GatewayConfig now = config.get();
        if (now == null) {
            door.refuse(asked.call(), Rejection.of(Refusal.NOT_READY, asked.call()));
            return;
        }
        String only = asked.query("litellm_model_id");
        ArrayNode data = Json.array();
        for (Route route : now.routes().values()) {
            if (route.visible() && asked.caller().mayCall(route.name())) {
                route.chain().stream()
                        .map(ChainHop::deployments)
                        .flatMap(List::stream)
                        .distinct()
                        .map(now.deployments()::get)
                        .filter(Objects::nonNull)
                        .filter(deployment -> only == null || only.equals(deployment.id()))
                        .forEach(deployment ->
                                data.add(shown(route, deployment, asked.caller().isAdmin())));
            }
        }
        Editor.answer(asked.call(), Json.object().set("data", data));
    }

    /** @param everything whether the vendor's names are shown */
    private ObjectNode shown(Route route, Deployment deployment, boolean everything) {
        String model = deployment.vendorModel(route.name());
        ObjectNode shown = Json.object().put("model_name", route.name());
        shown.putObject("litellm_params").put("model", everything ? deployment.provider() + "/" + model : route.name());
        ObjectNode info = shown.putObject("model_info");
        info.put("id", deployment.id());
        info.put("db_model", false);
        info.put("litellm_provider", everything ? deployment.provider() : null);
        info.put("mode", deployment.modelInfo().mode());
        info.put("zone", deployment.zone(route.name()).id());
        info.put("lane", route.lane());
        Capabilities capabilities = prices.capabilities(deployment, model);
        Json.limit(info, "max_input_tokens", capabilities.window());
        Json.limit(info, "max_output_tokens", capabilities.maxOutput());
        for (Capability capability : Capability.values()) {
            String name = "supports_" + capability.configName();
            if (capabilities.known() || capabilities.can(capability)) {
                info.put(name, capabilities.can(capability));
            } else {
                info.putNull(name);
            }
        }
        Price price = prices.of(deployment, model, deployment.zone(route.name()));
        TokenRates rates = price == null ? null : price.rates().usual();
        Json.put(info, "input_cost_per_token", rates == null ? null : rates.input());
        Json.put(info, "output_cost_per_token", rates == null ? null : rates.output());
        Json.put(info, "cache_read_input_token_cost", rates == null ? null : rates.cached());
        Json.put(info, "cache_creation_input_token_cost", rates == null ? null : rates.cacheWrite());
        info.put("price", price == null || !everything ? null : price.id());
        return shown;
    }
}
