package dev.laneway.runtime.catalogue;

import java.util.Objects;
import java.util.Set;

/**
 * What a model can do.
 *
 * @param window the most tokens of a prompt; 0 where it is not known
 * @param maxOutput the most tokens of an answer; 0 where it is not known
 * @param can what it is known to be able to do
 * @param known whether anybody said what it can do: where not, an absent capability means nothing
 * @param bounds of what is no text
 */
public record Capabilities(long window, long maxOutput, Set<Capability> can, boolean known, Bounds bounds) {
    /** Of a model that nobody knows. */
    public static final Capabilities UNKNOWN = new Capabilities(0, 0, Set.of(), false, Bounds.UNKNOWN);

    /** Where nobody knows how long an answer can be. */
    private static final long USUAL_MOST_TOKENS = 8_192;

    public Capabilities {
        can = Set.copyOf(can);
        Objects.requireNonNull(bounds, "bounds");
    }

    public boolean can(Capability capability) {
        return can.contains(capability);
    }

    /** As many tokens as an answer may have; the usual number where nobody knows. */
    public long mostTokens() {
        return maxOutput == 0 ? USUAL_MOST_TOKENS : maxOutput;
    }
}
