package dev.laneway.runtime.catalogue;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * What tokens cost by the length of the prompt.
 *
 * @param usual for prompts that no tier is for
 * @param tiers for long prompts, by rising threshold: the last one that a prompt is above is for all tokens of its call
 */
public record Ladder(TokenRates usual, List<Rates.Tier> tiers) {
    public Ladder {
        Objects.requireNonNull(usual, "usual");
        tiers = List.copyOf(tiers);
    }

    /** For a prompt of so many tokens. */
    TokenRates at(long inputTokens) {
        TokenRates found = usual;
        for (Rates.Tier tier : tiers) {
            if (inputTokens > tier.above()) {
                found = tier.rates();
            }
        }
        return found;
    }

    /** Trillionths of a dollar, where each token is of the dearest kind, in the dearest tier that a prompt of up to so many tokens is in. */
    BigInteger mostPicos(long inputTokens, long outputTokens, boolean sound) {
        BigInteger worst = usual.mostPicos(inputTokens, outputTokens, sound);
        for (Rates.Tier tier : tiers) {
            if (inputTokens > tier.above()) {
                worst = worst.max(tier.rates().mostPicos(inputTokens, outputTokens, sound));
            }
        }
        return worst;
    }
}
