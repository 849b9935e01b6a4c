package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Money;
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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /model/info} and {@code /model_group/info}: each deployment of each route that the caller may call, in LiteLLM's shape: what it can do and what it costs.
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
        return List.of(
                Served.get("/model/info", this::list),
                Served.get("/v1/model/info", this::list),
                Served.get("/model_group/info", this::groups));
    }

    private interface Shown {
        void add(Route route, List<Deployment> deployments);
    }

    /** Has each route shown that the caller may call, with the deployments of its chain. */
    private void routes(Served.Asked asked, ArrayNode data, Shown shown) {
        GatewayConfig now = config.get();
        if (now == null) {
            door.refuse(asked.call(), Rejection.of(Refusal.NOT_READY, asked.call()));
            return;
        }
        for (Route route : now.routes().values()) {
            if (route.visible() && asked.caller().mayCall(route.name())) {
                shown.add(
                        route,
                        route.chain().stream()
                                .map(ChainHop::deployments)
                                .flatMap(List::stream)
                                .distinct()
                                .map(now.deployments()::get)
                                .filter(Objects::nonNull)
                                .toList());
            }
        }
        Editor.answer(asked.call(), Json.object().set("data", data));
    }

    private void list(Served.Asked asked) {
        String only = asked.query("litellm_model_id");
        ArrayNode data = Json.array();
        routes(
                asked,
                data,
                (route, deployments) -> deployments.stream()
                        .filter(deployment -> only == null || only.equals(deployment.id()))
                        .forEach(deployment ->
                                data.add(shown(route, deployment, asked.caller().isAdmin()))));
    }

    /** {@code GET /model_group/info}: each route as one, with the most that any deployment of its chain can do, and may cost. */
    private void groups(Served.Asked asked) {
        String only = asked.query("model_group");
        ArrayNode data = Json.array();
        routes(asked, data, (route, deployments) -> {
            if (only == null || only.equals(route.name())) {
                data.add(group(route, deployments, asked.caller().isAdmin()));
            }
        });
    }

    private ObjectNode group(Route route, List<Deployment> deployments, boolean everything) {
        ObjectNode shown = Json.object().put("model_group", route.name());
        shown.set(
                "providers",
                Json.texts(
                        everything
                                ? deployments.stream()
                                        .map(Deployment::provider)
                                        .distinct()
                                        .sorted()
                                        .toList()
                                : List.of()));
        List<Capabilities> all = deployments.stream()
                .map(deployment -> prices.capabilities(deployment, deployment.vendorModel(route.name())))
                .toList();
        Json.limit(shown, "max_input_tokens", most(all, Capabilities::window));
        Json.limit(shown, "max_output_tokens", most(all, Capabilities::maxOutput));
        Json.put(shown, "input_cost_per_token", dearest(route, deployments, TokenRates::input));
        Json.put(shown, "output_cost_per_token", dearest(route, deployments, TokenRates::output));
        shown.put(
                "mode",
                deployments.isEmpty()
                        ? null
                        : deployments.getFirst().modelInfo().mode());
        shown.putNull("tpm").putNull("rpm");
        for (Capability capability : Capability.values()) {
            shown.put("supports_" + capability.configName(), all.stream().anyMatch(one -> one.can(capability)));
        }
        return shown.put("is_public_model_group", false);
    }

    private static long most(List<Capabilities> all, ToLongFunction<Capabilities> of) {
        return all.stream().mapToLong(of).max().orElse(0);
    }

    /** Null where no deployment has a price. */
    private @Nullable Money dearest(Route route, List<Deployment> deployments, Function<TokenRates, Money> of) {
        return deployments.stream()
                .map(deployment ->
                        prices.of(deployment, deployment.vendorModel(route.name()), deployment.zone(route.name())))
                .filter(Objects::nonNull)
                .map(price -> of.apply(price.rates().usual()))
                .max(Comparator.naturalOrder())
                .orElse(null);
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
