package dev.laneway.accounting.commands;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what commands did. */
interface EntityStore {
    /**
     * Keeps a change and what it was, and has it published meanwhile: what the publication makes fail is not kept. Fails, too, where the
     * database does not answer or another accounting has the writer's right.
     *
     * @param before the entity as it was; null where there was none
     * @param publish is asked once everything is written but the end of the transaction
     */
    Future<Void> keep(
            Command command, Control.@Nullable Entity before, Control.Entity after, Supplier<Future<Void>> publish);

    /** Keeps a change that is in force, where it is not kept yet. */
    Future<Void> note(Command command, Control.Entity after);

    /** Brings the rows up to what the topic holds. @return how many were behind */
    Future<Integer> project(Collection<Control.Entity> inForce);
}
