package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt used that has a price of its own, as the vendor reported it.
 *
 * @param audioInput the part of a prompt's tokens that were sound
 * @param cachedAudio the part of {@code audioInput} that was read from the vendor's cache
 * @param audioOutput the part of the generated tokens that were sound
 * @param imageOutput the part of the generated tokens that were pictures
 * @param uses how often each of the vendor's own tools was used
 * @param tier which the call was given; absent where the vendor did not say
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record UsedExtras(
        long audioInput,
        long cachedAudio,
        long audioOutput,
        long imageOutput,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<HostedTool, Long> uses,
        @Nullable ServiceTier tier) {
    /** Nothing of it. */
    public static final UsedExtras NONE = new UsedExtras(0, 0, 0, 0, Map.of(), null);

    public UsedExtras {
        if (audioInput < 0 || cachedAudio < 0 || audioOutput < 0 || imageOutput < 0) {
            throw new IllegalArgumentException("token counts can't be negative");
        }
        uses = uses == null ? Map.of() : Map.copyOf(uses);
        for (long count : uses.values()) {
            if (count < 0) {
                throw new IllegalArgumentException("uses can't be negative");
            }
        }
    }

    /** Only uses and a tier. */
    public static UsedExtras of(Map<HostedTool, Long> uses, @Nullable ServiceTier tier) {
        return new UsedExtras(0, 0, 0, 0, uses, tier);
    }

    /** The same, in that tier. */
    public UsedExtras in(ServiceTier other) {
        return new UsedExtras(audioInput, cachedAudio, audioOutput, imageOutput, uses, other);
    }

    /** Of two calls together; the other one's tier where they differ. */
    UsedExtras plus(UsedExtras other) {
        Map<HostedTool, Long> all = new EnumMap<>(HostedTool.class);
        all.putAll(uses);
        other.uses.forEach((tool, count) -> all.merge(tool, count, Long::sum));
        return new UsedExtras(
                audioInput + other.audioInput,
                cachedAudio + other.cachedAudio,
                audioOutput + other.audioOutput,
                imageOutput + other.imageOutput,
                all,
                other.tier == null ? tier : other.tier);
    }
}
