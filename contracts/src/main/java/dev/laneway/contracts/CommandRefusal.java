package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That a {@link Command} was not done and will not be; the value of a record of {@code lw.refusals}, keyed by the command's id.
 *
 * @param command the command's id
 * @param field where the entity has a value that another one has: which
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandRefusal(
        String command, Reason reason, @Nullable String field) {
    /** Why. */
    public enum Reason {
        /** The entity has changed since the asker looked. */
        CONFLICT,
        /** Another entity has what only one may have. */
        TAKEN,
        /** It came too late. */
        EXPIRED,
        /** The database does not answer, so that the change could not be kept. */
        DATABASE_AWAY,
        /** Too many changes wait. */
        FULL;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Reason of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    public CommandRefusal {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(reason, "reason");
    }
}
