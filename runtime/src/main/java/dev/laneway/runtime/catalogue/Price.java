package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.TokenUsage;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * What calls of one model cost, and how to name that in a ledger. Immutable.
 *
 * @param id such as {@code openai/gpt-4o@2026-08-06}, {@code config/5f1c09a2b3d4} where a config states it, {@code local} inside the network
 */
public record Price(String id, Rates rates) {
    /** Of what runs inside the network. */
    public static final Price FREE = new Price("local", Rates.FREE);

    /** No call is charged with more, whatever a vendor says it used: a million dollars. */
    public static final Money MOST = new Money(1_000_000L * 1_000_000_000_000L);

    public Price {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rates, "rates");
    }

    /** The same model in a vendor's own batch; this price where batches cost the same. */
    public Price ofBatch() {
        return rates.batch() == null
                ? this
                : new Price(
                        id + "#batch", new Rates(rates.batch(), List.of(), null, rates.perRequest(), rates.perImage()));
    }

    /** Whether nothing is ever asked. */
    public boolean isFree() {
        return rates.equals(Rates.FREE);
    }

    /**
     * What one call cost.
     *
     * @param estimate whether the tokens are reckoned, and not the vendor's
     */
    public Charge charge(TokenUsage usage, boolean estimate) {
        return new Charge(money(at(usage.input()).picos(usage)), id, estimate);
    }

    /**
     * The most that one call can cost: every token of the dearest kind, in the dearest tier that a prompt of up to so many tokens is in.
     *
     * @param inputTokens not fewer than the prompt has
     * @param maxOutputTokens the most that may be generated
     */
    public Money worst(long inputTokens, long maxOutputTokens) {
        BigInteger worst = rates.usual().mostPicos(inputTokens, maxOutputTokens);
        for (Rates.Tier tier : rates.tiers()) {
            if (inputTokens > tier.above()) {
                worst = worst.max(tier.rates().mostPicos(inputTokens, maxOutputTokens));
            }
        }
        return money(worst);
    }

    /** Dollars for three million tokens in and one million out, about the mixture of a chat: to tell dear models from cheap ones. */
    public Money mixture() {
        return rates.usual()
                .input()
                .times(3_000_000)
                .plus(rates.usual().output().times(1_000_000));
    }

    private TokenRates at(long inputTokens) {
        TokenRates found = rates.usual();
        for (Rates.Tier tier : rates.tiers()) {
            if (inputTokens > tier.above()) {
                found = tier.rates();
            }
        }
        return found;
    }

    private Money money(BigInteger tokens) {
        BigInteger all = tokens.add(BigInteger.valueOf(rates.perRequest().picos()));
        return new Money(all.min(BigInteger.valueOf(MOST.picos())).longValueExact());
    }
}
