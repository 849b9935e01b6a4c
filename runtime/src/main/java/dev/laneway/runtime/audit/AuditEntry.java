package dev.laneway.runtime.audit;

import dev.laneway.contracts.Control;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change.
 *
 * @param command id of the command by which it was made; later ones sort behind it
 * @param at when it was asked for, epoch milliseconds
 * @param actor owner of the key that asked
 * @param action what was done, such as {@code create} or {@code block}
 * @param kind of what: {@code key}, {@code team}, {@code user}, {@code purse}, {@code template}
 * @param id of what; of a purse, its scope, a slash and its id
 * @param version which it came to
 * @param before null where there was nothing
 */
public record AuditEntry(
        String command,
        long at,
        String actor,
        String action,
        String kind,
        String id,
        long version,
        Control.@Nullable Entity before,
        Control.Entity after) {
    public AuditEntry {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(after, "after");
    }
}
