package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
                        id + "#batch",
                        new Rates(
                                rates.batch(),
                                List.of(),
                                null,
                                rates.perRequest(),
                                rates.perImage(),
                                null,
                                null,
                                rates.perUse()));
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
        UsedExtras extras = usage.extras();
        Map<ChargePart, BigInteger> picos =
                rates.of(extras.tier()).at(usage.input()).picos(usage);
        for (Map.Entry<HostedTool, Long> used : extras.uses().entrySet()) {
            Money fee = rates.perUse().get(used.getKey());
            if (fee != null) {
                picos.put(ChargePart.of(used.getKey()), times(fee, used.getValue()));
            }
        }
        picos.put(ChargePart.CALL, BigInteger.valueOf(rates.perRequest().picos()));
        BigInteger all = picos.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        return all.compareTo(BigInteger.valueOf(MOST.picos())) > 0
                ? new Charge(MOST, id, estimate)
                : new Charge(new Money(all.longValueExact()), id, estimate, parts(picos));
    }

    private static Map<ChargePart, Money> parts(Map<ChargePart, BigInteger> picos) {
        Map<ChargePart, Money> parts = new EnumMap<>(ChargePart.class);
        picos.forEach((part, amount) -> {
            if (amount.signum() != 0) {
                parts.put(part, new Money(amount.longValueExact()));
            }
        });
        return parts;
    }

    /** What a use of a vendor's own tool costs; null where nobody knows. */
    public @Nullable Money fee(HostedTool tool) {
        return tool == HostedTool.CONTENT ? Money.ZERO : rates.perUse().get(tool);
    }

    /** Whether calls that go before others have a price of their own. */
    public boolean hasPriority() {
        return rates.priority() != null;
    }

    /**
     * The most that one call can cost: every token of the dearest kind, in the dearest tier that a prompt of up to so many tokens is in.
     *
     * @param inputTokens not fewer than the prompt has
     * @param maxOutputTokens the most that may be generated
     */
    public Money worst(long inputTokens, long maxOutputTokens) {
        return money(rates.standard().mostPicos(inputTokens, maxOutputTokens, false));
    }

    /**
     * The same of a call that may be more than text.
     *
     * @param sound whether the prompt may have some
     * @param uses the most uses of each of the vendor's own tools; those without a price count nothing
     * @param tier which it asks for: what a vendor gives it is that or the usual one
     */
    public Money worst(
            long inputTokens,
            long maxOutputTokens,
            boolean sound,
            Map<HostedTool, Long> uses,
            @Nullable ServiceTier tier) {
        BigInteger worst = rates.standard().mostPicos(inputTokens, maxOutputTokens, sound);
        worst = worst.max(rates.of(tier).mostPicos(inputTokens, maxOutputTokens, sound));
        for (Map.Entry<HostedTool, Long> used : uses.entrySet()) {
            Money fee = fee(used.getKey());
            worst = fee == null ? worst : worst.add(times(fee, used.getValue()));
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

    private static BigInteger times(Money fee, long uses) {
        return BigInteger.valueOf(fee.picos()).multiply(BigInteger.valueOf(uses));
    }

    private Money money(BigInteger tokens) {
        BigInteger all = tokens.add(BigInteger.valueOf(rates.perRequest().picos()));
        return new Money(all.min(BigInteger.valueOf(MOST.picos())).longValueExact());
    }
}
