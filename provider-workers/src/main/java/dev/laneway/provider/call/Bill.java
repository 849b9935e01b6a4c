package dev.laneway.provider.call;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.provider.intake.Assignment;
import dev.laneway.runtime.catalogue.Price;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.money.Dues;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What calls cost by the prices in force. By the vendor's own figures where there are any; else reckoned: what nobody saw an end of costs the
 * most that it can, what was seen in part costs about as much as was seen, and what a vendor refused costs nothing.
 */
public final class Bill {
    private final Prices prices;

    /** @param prices in force */
    public Bill(Prices prices) {
        this.prices = Objects.requireNonNull(prices, "prices");
    }

    /**
     * Of a call that was, or may have been, made.
     *
     * @param failure null where it succeeded
     * @param usage as the vendor reported it; null where it did not
     * @param whole whether the vendor said that the answer is whole: what it reports before that is not its last word
     * @param seenTokens about how many tokens of the answer came; below 0 where nobody counted
     */
    Charge of(
            Assignment assignment,
            @Nullable FailureKind failure,
            @Nullable TokenUsage usage,
            boolean whole,
            long seenTokens) {
        Request request = assignment.attempt().request();
        Deployment deployment = assignment.deployment();
        String model = deployment.vendorModel(request.route());
        Price price = prices.of(deployment, model, deployment.zone(request.route()));
        if (price == null) {
            return Charge.UNPRICED;
        }
        if (usage != null && whole) {
            return price.charge(tiered(usage, request, deployment), false);
        }
        if (price.isFree()) {
            return new Charge(Money.ZERO, price.id(), false);
        }
        Money most = most(assignment, price, deployment, model);
        boolean seenToStop = failure != FailureKind.UNKNOWN && seenTokens > 0;
        if (seenToStop && hasUnseen(request, usage)) {
            return new Charge(most, price.id(), true);
        }
        if (seenToStop || (failure == null && seenTokens == 0)) {
            Charge seen = price.charge(seen(request, usage, seenTokens), true);
            return seen.cost().compareTo(most) < 0 ? seen : new Charge(most, price.id(), true);
        }
        return switch (failure) {
            case null -> new Charge(most, price.id(), true);
            case UNKNOWN,
                    CANCELLED,
                    EXPIRED,
                    TIMEOUT,
                    UNREACHABLE,
                    CUT_STREAM,
                    STALLED_STREAM,
                    MALFORMED,
                    EMPTY_ANSWER,
                    INTERNAL -> new Charge(most, price.id(), true);
            case RATE_LIMITED,
                    OVERLOADED,
                    SERVER_ERROR,
                    UNAUTHORIZED,
                    REJECTED,
                    CONTEXT_WINDOW,
                    CONTENT_POLICY,
                    UNKNOWN_DEPLOYMENT,
                    ZONE_REFUSED,
                    NO_DEPLOYMENT,
                    BODY_LOST,
                    BUDGET_EXCEEDED,
                    BUDGETS_AWAY,
                    LIMIT_REACHED,
                    LIMITS_AWAY,
                    UNPRICED,
                    UNBOUNDED -> new Charge(Money.ZERO, price.id(), false);
        };
    }

    /** Whether what was seen of an answer tells too little of what it costs: of tools that the vendor used, of images that it counted. */
    private static boolean hasUnseen(Request request, @Nullable TokenUsage said) {
        AskedExtras asked = request.extras();
        return asked != null && (!asked.tools().isEmpty() || (said == null && asked.media() > 0));
    }

    /** Vendors that do not say in which tier they answered did so in the one that they were asked for; OpenAI and Anthropic say. */
    private static TokenUsage tiered(TokenUsage usage, Request request, Deployment deployment) {
        UsedExtras used = usage.extras();
        ServiceTier asked = request.extras() == null ? null : request.extras().tier();
        ProviderRow vendor = ProviderCatalogue.find(deployment.provider());
        if (asked == null || used.tier() != null || vendor == null) {
            return usage;
        }
        boolean silent = vendor.dialect() == VendorOnlyDialect.BEDROCK_CONVERSE
                || (vendor.dialect() == Dialect.GEMINI && request.dialect() == Dialect.GEMINI);
        return silent ? usage.with(used.in(asked)) : usage;
    }

    /** What the vendor said of the prompt is final; what it said of the answer is of when it said it. */
    private static TokenUsage seen(Request request, @Nullable TokenUsage said, long seenTokens) {
        long output = request.dialect().embeds() ? 0 : seenTokens;
        return said == null
                ? TokenUsage.of(request.inputTokens(), output)
                : new TokenUsage(
                        said.input(),
                        Math.max(said.output(), output),
                        said.cachedInput(),
                        said.cacheWrite(),
                        said.cacheWriteHour(),
                        said.reasoning(),
                        said.beside());
    }

    /** Of one that never left. */
    static Charge unsent() {
        return new Charge(Money.ZERO, null, false);
    }

    private Money most(Assignment assignment, Price price, Deployment deployment, String model) {
        Hold hold = assignment.attempt().hold();
        if (hold != null) {
            return hold.amount();
        }
        Request request = assignment.attempt().request();
        long each = request.maxTokens() > 0
                ? request.maxTokens()
                : prices.capabilities(deployment, model).mostTokens();
        long tokens = request.dialect().embeds() ? 0 : Dues.times(each, Dues.answers(request, deployment));
        return price.worst(request.inputTokens(), tokens);
    }
}
