package dev.laneway.runtime.kafka;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a source needs to say in its commits how far it may have begun.
 *
 * @param epoch of the shared memory at this moment, {@link StartMark#NO_EPOCH} while it is away; called on the source's context
 * @param inherited what the members before it said
 */
public record Marking(Supplier<String> epoch, InheritedMarks inherited) {
    public Marking {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(inherited, "inherited");
    }
}
