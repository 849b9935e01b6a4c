package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.runtime.config.Deployment;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What calls can cost by the prices in force. Safe on any thread. */
public final class CatalogueTariff implements Tariff {
    private static final long PICOS_PER_NANO = 1_000;
    private static final long MANY_TOKENS = 1_000_000;
    private static final Most FREE = new Most(0, 0, 0);

    private final Prices prices;

    public CatalogueTariff(Prices prices) {
        this.prices = Objects.requireNonNull(prices, "prices");
    }

    @Override
    public @Nullable Most of(Request request, Deployment deployment, long inputTokens) {
        Price price = price(request, deployment);
        if (price == null) {
            return null;
        }
        return price.isFree()
                ? FREE
                : most(request, deployment, outputTokens -> price.worst(inputTokens, outputTokens));
    }

    @Override
    public @Nullable Bound bound(Request request, Deployment deployment, long textTokens) {
        Price price = price(request, deployment);
        if (price == null) {
            return null;
        }
        if (price.isFree()) {
            return FREE;
        }
        String model = deployment.vendorModel(request.route());
        return switch (WorstCall.of(request, deployment, price, prices.capabilities(deployment, model), textTokens)) {
            case WorstCall.Unbounded(String why) -> new Unbounded(why);
            case WorstCall.Most worst -> most(request, deployment, worst::with);
        };
    }

    private @Nullable Price price(Request request, Deployment deployment) {
        return prices.of(deployment, deployment.vendorModel(request.route()), deployment.zone(request.route()));
    }

    /** @param worst by tokens of the answer */
    private Most most(Request request, Deployment deployment, LongFunction<Money> worst) {
        String model = deployment.vendorModel(request.route());
        long fixed = worst.apply(0).nanosUp();
        long tokens = request.dialect().embeds()
                ? 0
                : prices.capabilities(deployment, model).mostTokens();
        // the steepest of the tiers: beyond so many tokens no other one decides
        long picos =
                worst.apply(2 * MANY_TOKENS).minus(worst.apply(MANY_TOKENS)).picos() / MANY_TOKENS;
        return new Most(fixed, tokens == 0 ? 0 : Math.ceilDiv(picos, PICOS_PER_NANO), tokens);
    }
}
