package dev.laneway.runtime.failpoint;

import dev.laneway.runtime.config.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A place at which this process halts as {@code kill -9} would, when the environment says so: {@code LANEWAY_FAILPOINT=sent} the first
 * time that it is passed, {@code sent:20} the twentieth. For attacks on one process of one role: it counts for the whole process. Any
 * thread.
 */
public enum Failpoint {
    /** An attempt is claimed, and nothing was asked of its vendor. */
    CLAIMED,
    /** The request's bytes were given to the vendor's connection. */
    SENT,
    /** The vendor's answer is whole; neither its last frame nor its fact was published. */
    ANSWERED,
    /** The outcome is acknowledged by the broker; its attempt's offset does not yet count as finished. */
    OUTCOME_PUBLISHED,
    /** An offset commit of a group was accepted. */
    OFFSET_COMMITTED;

    /** The environment's variable that arms one. */
    public static final String VARIABLE = "LANEWAY_FAILPOINT";

    private static final @Nullable Armed ARMED = Armed.readOrNone(
            Environment.system().get(VARIABLE), () -> Runtime.getRuntime().halt(Armed.EXIT_CODE));

    /**
     * Says in the log that one is armed; a process that serves calls it at its start.
     *
     * @throws IllegalArgumentException where the variable names none: an attack that never happens would look like one survived
     */
    public static void announce() {
        Armed.announce(Armed.read(Environment.system().get(VARIABLE), () -> {}));
    }

    /** Does nothing where none, or another one, is armed. */
    public void passed() {
        if (ARMED != null) {
            ARMED.passed(this);
        }
    }
}
