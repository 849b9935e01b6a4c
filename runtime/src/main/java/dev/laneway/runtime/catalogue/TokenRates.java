package dev.laneway.runtime.catalogue;

import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What single tokens cost.
 *
 * @param input of the prompt
 * @param output generated
 * @param cached of the prompt, read from the vendor's cache
 * @param cacheWrite of the prompt, written to the vendor's cache
 * @param cacheWriteHour the same, to be kept for an hour
 * @param reasoning generated, as reasoning
 * @param media of what is no text
 */
public record TokenRates(
        Money input,
        Money output,
        Money cached,
        Money cacheWrite,
        Money cacheWriteHour,
        Money reasoning,
        MediaRates media) {
    static final TokenRates FREE =
            new TokenRates(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, MediaRates.FREE);

    public TokenRates {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(cached, "cached");
        Objects.requireNonNull(cacheWrite, "cacheWrite");
        Objects.requireNonNull(cacheWriteHour, "cacheWriteHour");
        Objects.requireNonNull(reasoning, "reasoning");
        Objects.requireNonNull(media, "media");
    }

    /**
     * What tokens cost that are no text.
     *
     * @param input sound in the prompt
     * @param cached sound in the prompt, read from the vendor's cache
     * @param output generated sound
     * @param images generated pictures
     */
    public record MediaRates(Money input, Money cached, Money output, Money images) {
        static final MediaRates FREE = new MediaRates(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

        public MediaRates {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(cached, "cached");
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(images, "images");
        }
    }

    /** Trillionths of a dollar by what they are asked for, where anything is; parts of tokens that are larger than their whole count as the whole. */
    Map<ChargePart, BigInteger> picos(TokenUsage usage) {
        UsedExtras extras = usage.extras();
        long cachedTokens = Math.min(usage.cachedInput(), usage.input());
        long cachedSound = Math.min(extras.cachedAudio(), Math.min(extras.audioInput(), cachedTokens));
        long written = Math.min(usage.cacheWrite(), usage.input() - cachedTokens);
        long hour = Math.min(usage.cacheWriteHour(), written);
        long plain = usage.input() - cachedTokens - written;
        long sound = Math.min(extras.audioInput() - cachedSound, plain);
        long said = Math.min(extras.audioOutput(), usage.output());
        long drawn = Math.min(extras.imageOutput(), usage.output() - said);
        long thought = Math.min(usage.reasoning(), usage.output() - said - drawn);
        Map<ChargePart, BigInteger> parts = new EnumMap<>(ChargePart.class);
        add(parts, ChargePart.INPUT, input, plain - sound);
        add(parts, ChargePart.AUDIO_INPUT, media.input(), sound);
        add(parts, ChargePart.CACHED_INPUT, cached, cachedTokens - cachedSound);
        add(parts, ChargePart.CACHED_AUDIO, media.cached(), cachedSound);
        add(parts, ChargePart.CACHE_WRITE, cacheWrite, written - hour);
        add(parts, ChargePart.CACHE_WRITE_HOUR, cacheWriteHour, hour);
        add(parts, ChargePart.OUTPUT, output, usage.output() - said - drawn - thought);
        add(parts, ChargePart.AUDIO_OUTPUT, media.output(), said);
        add(parts, ChargePart.IMAGE_OUTPUT, media.images(), drawn);
        add(parts, ChargePart.REASONING, reasoning, thought);
        return parts;
    }

    /**
     * Trillionths of a dollar, where each token is of the dearest kind.
     *
     * @param sound whether the prompt may have some
     */
    BigInteger mostPicos(long inputTokens, long outputTokens, boolean sound) {
        Money in = dearer(dearer(input, cached), dearer(cacheWrite, cacheWriteHour));
        if (sound) {
            in = dearer(in, dearer(media.input(), media.cached()));
        }
        Money out = dearer(dearer(output, reasoning), dearer(media.output(), media.images()));
        return times(in, inputTokens).add(times(out, outputTokens));
    }

    private static void add(Map<ChargePart, BigInteger> parts, ChargePart part, Money rate, long tokens) {
        if (tokens != 0) {
            parts.put(part, times(rate, tokens));
        }
    }

    private static Money dearer(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static BigInteger times(Money rate, long tokens) {
        return BigInteger.valueOf(rate.picos()).multiply(BigInteger.valueOf(tokens));
    }
}
