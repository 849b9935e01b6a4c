package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What teams and users have in common: an id that somebody chose, and how they are made, changed, blocked, deleted and shown. */
abstract class Kind<E extends Control.Entity> {
    final Comparator<E> order = Comparator.comparing(Control.Entity::id);
    final KeyBook book;
    private final Class<E> type;
    private final Scope scope;
    private final Supplier<Collection<E>> all;
    private final Function<String, @Nullable E> byId;

    /**
     * @param all of them, deleted ones among them
     * @param byId one, deleted or not
     */
    Kind(KeyBook book, Class<E> type, Scope scope, Supplier<Collection<E>> all, Function<String, @Nullable E> byId) {
        this.book = book;
        this.type = type;
        this.scope = scope;
        this.all = all;
        this.byId = byId;
    }

    /** Works out what one shall be from what it was. */
    @FunctionalInterface
    interface Alteration<E> {
        E alter(Fields fields, E was);
    }

    /** One of that id that says nothing yet. */
    abstract E fresh(String id);

    /** As it was, changed by what our own fields say. */
    abstract E ours(Fields fields, E was);

    /** As it was, changed by what LiteLLM's fields say. */
    abstract E litellm(Fields fields, E was);

    abstract E blocked(E was, boolean blocked);

    abstract E deleted(E was);

    /** In LiteLLM's fields. */
    abstract ObjectNode info(E entity, long now);

    abstract boolean maySee(Caller caller, E entity);

    /** Whether a caller who may see one may see what it has spent. */
    abstract boolean maySeeSpend(Caller caller, E entity);

    /** Why one may not be made so; null where it may. */
    abstract @Nullable String mayNot(Caller caller, @Nullable E before, E after);

    /** The ids of those whom fields may mean: none, or several, where they don't say which one. */
    List<String> named(Caller caller, Fields fields) {
        String id = fields.id(word() + "_id");
        return id == null ? List.of() : List.of(id);
    }

    final Scope scope() {
        return scope;
    }

    /** One, deleted or not; null where none ever was. */
    final @Nullable E any(String id) {
        return byId.apply(id);
    }

    /** One, deleted or not, which a caller may see; null where there never was one. */
    final @Nullable E ever(Caller caller, String id) {
        E entity = any(id);
        return entity == null || !maySee(caller, entity) ? null : entity;
    }

    /** Such as {@code team}. */
    final String word() {
        return scope.id();
    }

    final E of(Control.Entity entity) {
        return type.cast(entity);
    }

    /** One that a caller may see; null where there is none. */
    final @Nullable E find(Caller caller, @Nullable String id) {
        E entity = id == null ? null : any(id);
        return entity == null || entity.deleted() || !maySee(caller, entity) ? null : entity;
    }

    /** Those that a caller may see, by their ids. */
    final List<E> seen(Caller caller) {
        return all.get().stream()
                .filter(entity -> !entity.deleted() && maySee(caller, entity))
                .sorted(order)
                .toList();
    }

    /**
     * One that is to be made. An id that was given once is not given again: keys of the one before would be the new one's.
     *
     * @param named the field that may say its id
     * @param own the id where it says none
     */
    final Edit made(Caller caller, Fields fields, String named, String own, Alteration<E> alteration) {
        String chosen = fields.id(named);
        String id = chosen == null ? own : chosen;
        String forbidden = mayNot(caller, null, fresh(id));
        if (forbidden != null) {
            return Edit.Refused.forbidden(forbidden);
        }
        E there = any(id);
        if (there != null) {
            return new Edit.Refused(
                    there.deleted()
                            ? new ClientError(
                                    409,
                                    ClientError.INVALID_REQUEST,
                                    "already_exists",
                                    named,
                                    "A " + word() + " of this " + named
                                            + " was deleted; an id is never given again: take another.",
                                    "")
                            : Editor.taken(named));
        }
        return decided(caller, fields, null, alteration.alter(fields, fresh(id)), Command.Action.CREATE);
    }

    /** One that is to be changed. */
    final Edit changed(
            Caller caller, Fields fields, @Nullable String id, Command.Action action, Alteration<E> alteration) {
        E there = find(caller, id);
        return there == null
                ? Edit.Refused.notFound("This " + word())
                : decided(caller, fields, there, alteration.alter(fields, there), action);
    }

    private Edit decided(Caller caller, Fields fields, @Nullable E before, E after, Command.Action action) {
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        String forbidden = mayNot(caller, before, after);
        return forbidden == null
                ? new Edit.Wanted(action, before == null ? 0 : before.version(), after)
                : Edit.Refused.forbidden(forbidden);
    }

    /**
     * Has it said what one has spent, where the caller may know.
     *
     * @param litellm whether it is said as LiteLLM does
     */
    final void saySpent(Spending.Of spent, Caller caller, E entity, ObjectNode place, boolean litellm) {
        if (maySeeSpend(caller, entity)) {
            if (litellm) {
                spent.add(entity.id(), place, LiteLlmTerms.windowFrom(entity.terms(), book.clock.getAsLong()));
            } else {
                spent.add(entity.id(), place);
            }
        } else {
            place.putNull("spend");
        }
    }
}
