package dev.laneway.runtime.catalogue;

import java.util.Set;

/**
 * What a model can do.
 *
 * @param window the most tokens of a prompt; 0 where it is not known
 * @param maxOutput the most tokens of an answer; 0 where it is not known
 * @param can what it is known to be able to do
 * @param known whether anybody said what it can do: where not, an absent capability means nothing
 */
public record Capabilities(long window, long maxOutput, Set<Capability> can, boolean known) {
    /** Of a model that nobody knows. */
    public static final Capabilities UNKNOWN = new Capabilities(0, 0, Set.of(), false);

    public Capabilities {
        can = Set.copyOf(can);
    }

    public boolean can(Capability capability) {
        return can.contains(capability);
    }
}
