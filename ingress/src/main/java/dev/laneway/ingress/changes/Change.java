package dev.laneway.ingress.changes;

import dev.laneway.contracts.Control;
import org.jspecify.annotations.Nullable;

/** What became of a change. */
public sealed interface Change {
    /** It is in force here. */
    record InForce(Control.Entity entity) implements Change {}

    /** It was not done: the entity has changed since the asker looked. */
    record Conflict() implements Change {}

    /**
     * It was not done: another entity has a value that only one may have.
     *
     * @param field which
     */
    record Taken(@Nullable String field) implements Change {}

    /** It was not done and will not be: changes can't be kept just now. */
    record Unavailable() implements Change {}
}
