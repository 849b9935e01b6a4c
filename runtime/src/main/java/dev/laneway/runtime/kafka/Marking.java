package dev.laneway.runtime.kafka;

import dev.laneway.runtime.config.Environment;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a source needs to say in its commits how far it may have begun.
 *
 * @param epoch of the shared memory at this moment, {@link StartMark#NO_EPOCH} while it is away; called on the source's context
 * @param told the epoch whose memory knows of everything that this member has begun with and not finished; called on the source's context
 * @param inherited what the members before it said
 */
public record Marking(Supplier<String> epoch, Supplier<String> told, InheritedMarks inherited) {
    private static final Logger LOG = LoggerFactory.getLogger(Marking.class);
    private static final String OFF = "LANEWAY_WITHOUT_CLAIMS";

    public Marking {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(told, "told");
        Objects.requireNonNull(inherited, "inherited");
    }

    /** Of a source whose memory is not told again what was begun with. */
    public Marking(Supplier<String> epoch, InheritedMarks inherited) {
        this(epoch, () -> StartMark.NO_EPOCH, inherited);
    }

    /** Whether claims and marks are switched off, to measure what they cost: a crash can then repeat a call. Says so. */
    public static boolean isOff(Environment environment) {
        boolean off = "true".equals(environment.get(OFF));
        if (off) {
            LOG.error("{} is set: a vendor may be called twice for one attempt. It is for measuring only", OFF);
        }
        return off;
    }
}
