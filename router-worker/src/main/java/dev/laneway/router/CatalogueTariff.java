package dev.laneway.router;

import dev.laneway.contracts.Request;
import dev.laneway.runtime.catalogue.Price;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.Deployment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What calls can cost by the prices in force. */
final class CatalogueTariff implements Tariff {
    /** Where nobody knows how long an answer can be. */
    static final long USUAL_MOST_TOKENS = 8_192;

    private static final long PICOS_PER_NANO = 1_000;
    private static final long MANY_TOKENS = 1_000_000;

    private final Prices prices;

    CatalogueTariff(Prices prices) {
        this.prices = Objects.requireNonNull(prices, "prices");
    }

    @Override
    public @Nullable Most of(Request request, Deployment deployment, long inputTokens) {
        String model = deployment.vendorModel(request.route());
        Price price = prices.of(deployment, model, deployment.zone(request.route()));
        if (price == null) {
            return null;
        }
        if (price.isFree()) {
            return new Most(0, 0, 0);
        }
        long fixed = price.worst(inputTokens, 0).nanosUp();
        long tokens = request.dialect().embeds() ? 0 : mostTokens(deployment, model);
        // the steepest of the tiers: beyond so many tokens no other one decides
        long picos = price.worst(inputTokens, 2 * MANY_TOKENS)
                        .minus(price.worst(inputTokens, MANY_TOKENS))
                        .picos()
                / MANY_TOKENS;
        return new Most(fixed, tokens == 0 ? 0 : Math.ceilDiv(picos, PICOS_PER_NANO), tokens);
    }

    private long mostTokens(Deployment deployment, String model) {
        long most = prices.capabilities(deployment, model).maxOutput();
        return most == 0 ? USUAL_MOST_TOKENS : most;
    }
}
