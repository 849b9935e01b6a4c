package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * A change of an entity that somebody asks for; the value of a record of {@code lw.commands}, keyed by the entity. It is done whole or not
 * at all, at most once, and never after it has expired. That it is in force is seen by {@code lw.control}, whose entity then names it;
 * that it was not done is a {@link CommandRefusal}.
 *
 * @param id unique
 * @param actor owner of the key that asked
 * @param action what the change is called in the audit log
 * @param issuedAt epoch milliseconds
 * @param expiresAt epoch milliseconds: what has not begun to be done by then never is
 * @param seen version of the entity that the asker went by, 0 for none: where another one is in force, nothing is done
 * @param entity as it shall be; its version and its command are whoever's that writes it
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Command(
        String id,
        String actor,
        @JsonInclude(JsonInclude.Include.ALWAYS) Action action,
        long issuedAt,
        long expiresAt,
        long seen,
        @JsonInclude(JsonInclude.Include.ALWAYS) Control.Entity entity) {
    /** What is done to an entity. */
    public enum Action {
        CREATE,
        UPDATE,
        BLOCK,
        UNBLOCK,
        ROTATE,
        DELETE;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Action of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    public Command {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(entity, "entity");
    }

    /** The record's key: commands about one entity stay in their order. */
    @JsonIgnore
    public String key() {
        return entity.key();
    }
}
