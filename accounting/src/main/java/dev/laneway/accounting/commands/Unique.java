package dev.laneway.accounting.commands;

import dev.laneway.contracts.Control;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What no two entities may have. Pure. */
final class Unique {
    private Unique() {}

    /** The field of an entity whose value another one has; null where there is none. Deleted ones have given back all but their secrets. */
    static @Nullable String taken(Control.Entity wanted, Collection<Control.Entity> others) {
        if (!(wanted instanceof Control.Key key) || key.deleted()) {
            return null;
        }
        for (Control.Entity other : others) {
            if (other instanceof Control.Key held && !held.id().equals(key.id())) {
                if (key.sha256().equals(held.sha256()) || key.sha256().equals(held.previousSha256())) {
                    return "key";
                }
                if (!held.deleted() && key.alias() != null && key.alias().equals(held.alias())) {
                    return "key_alias";
                }
            }
        }
        return null;
    }
}
