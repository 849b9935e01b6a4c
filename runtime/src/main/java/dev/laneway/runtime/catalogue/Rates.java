package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.ServiceTier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a model's calls cost, with nothing left to be guessed.
 *
 * @param usual for prompts that no tier is for
 * @param tiers for long prompts, by rising threshold: the last one that a prompt is above is for all tokens of its call
 * @param batch in a vendor's own batches; null where it has no price of its own for them
 * @param perRequest of each call
 * @param perImage of each image in a prompt, where images are not paid as tokens
 * @param flex of calls that may take their time; null where they have no price of their own
 * @param priority of calls that go before others; null where they have no price of their own
 * @param perUse of each use of the vendor's own tools; a tool that is not in it has no known price
 */
public record Rates(
        TokenRates usual,
        List<Tier> tiers,
        @Nullable TokenRates batch,
        Money perRequest,
        Money perImage,
        @Nullable Ladder flex,
        @Nullable Ladder priority,
        Map<HostedTool, Money> perUse) {
    static final Rates FREE = new Rates(TokenRates.FREE, List.of(), null, Money.ZERO, Money.ZERO, null, null, Map.of());

    /**
     * What long prompts cost.
     *
     * @param above more input tokens than that
     */
    public record Tier(long above, TokenRates rates) {}

    public Rates {
        Objects.requireNonNull(usual, "usual");
        Objects.requireNonNull(perRequest, "perRequest");
        Objects.requireNonNull(perImage, "perImage");
        tiers = List.copyOf(tiers);
        perUse = Map.copyOf(perUse);
    }

    /**
     * What a statement means. Tokens of a special kind of which it says nothing cost what others cost; a tier says only what
     * it changes; a missing input or output price is nothing.
     */
    static Rates of(StatedPrice stated) {
        Ladder standard = StatedLadder.standard(stated);
        Map<HostedTool, Money> perUse = new EnumMap<>(HostedTool.class);
        for (HostedTool tool : HostedTool.values()) {
            PriceTerm term = PriceTerm.of(tool);
            Money fee = term == null ? null : stated.get(term);
            if (fee != null) {
                perUse.put(tool, fee);
            }
        }
        Money request = stated.get(PriceTerm.REQUEST);
        Money image = stated.get(PriceTerm.IMAGE);
        return new Rates(
                standard.usual(),
                standard.tiers(),
                StatedLadder.batch(stated, standard.usual()),
                request == null ? Money.ZERO : request,
                image == null ? Money.ZERO : image,
                StatedLadder.flex(stated, standard),
                StatedLadder.priority(stated, standard),
                perUse);
    }

    /** Calls that are taken as usual. */
    Ladder standard() {
        return new Ladder(usual, tiers);
    }

    /** What calls of a tier cost; as usual where it has no price of its own, or none is said. */
    Ladder of(@Nullable ServiceTier tier) {
        Ladder own = switch (tier) {
            case null -> null;
            case STANDARD -> null;
            case FLEX -> flex;
            case PRIORITY -> priority;
        };
        return own == null ? standard() : own;
    }
}
