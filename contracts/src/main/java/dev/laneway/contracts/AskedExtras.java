package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a request a vendor may bill beside the tokens of its text, as the ingress read it. What a vendor of another dialect is not
 * sent costs nothing there.
 *
 * @param images pictures in the prompt, at most
 * @param documents files in the prompt, at most: PDFs, videos and whatever else its vendor makes tokens of
 * @param recordings sound in the prompt, at most, videos among them
 * @param tools of the vendor's own that it offers, with the most uses of each; 0: as often as the vendor likes
 * @param rounds how often the model reads the prompt at most, which by then has what tools brought; 1 without tools, 0: nobody knows
 * @param tier which it asks for; absent where it leaves that to the vendor
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record AskedExtras(
        long images,
        long documents,
        long recordings,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<HostedTool, Long> tools,
        @JsonInclude(JsonInclude.Include.ALWAYS) long rounds,
        @Nullable ServiceTier tier) {
    /** What the estimate of a prompt's tokens has for each image, document or recording. */
    public static final long ESTIMATED_TOKENS = 1_000;

    /** Nothing of it. */
    public static final AskedExtras NONE = new AskedExtras(0, 0, 0, Map.of(), 1, null);

    public AskedExtras {
        if (images < 0 || documents < 0 || recordings < 0 || rounds < 0) {
            throw new IllegalArgumentException("counts can't be negative");
        }
        tools = tools == null ? Map.of() : Map.copyOf(tools);
    }

    /** How many of {@link #ESTIMATED_TOKENS} the estimate of the prompt has. */
    public long media() {
        return images + documents + recordings;
    }
}
