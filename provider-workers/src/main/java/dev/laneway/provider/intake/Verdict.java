package dev.laneway.provider.intake;

import dev.laneway.contracts.Failure;

/** Whether an attempt may be called. */
public sealed interface Verdict {
    record Admitted(Assignment assignment) implements Verdict {}

    /** It goes back to the router uncalled. */
    record Returned(Failure failure) implements Verdict {}
}
