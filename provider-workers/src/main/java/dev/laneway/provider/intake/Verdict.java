package dev.laneway.provider.intake;

import dev.laneway.contracts.Failure;
import org.jspecify.annotations.Nullable;

/** Whether an attempt may be called. */
public sealed interface Verdict {
    record Admitted(Assignment assignment) implements Verdict {}

    /**
     * It goes back to the router uncalled, unless a worker before this one may have called it.
     *
     * @param assignment null where the config in force does not have its deployment, or a fence is in the way
     */
    record Returned(Failure failure, @Nullable Assignment assignment) implements Verdict {}
}
