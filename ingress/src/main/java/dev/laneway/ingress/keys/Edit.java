package dev.laneway.ingress.keys;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.dialects.ClientError;
import org.jspecify.annotations.Nullable;

/** What a description comes to, when held against what is in force. */
sealed interface Edit {
    /**
     * An entity to be put in force.
     *
     * @param seen the version in force that it was worked out from, 0 for none
     */
    record Wanted(Command.Action action, long seen, Control.Entity entity) implements Edit {}

    /** Nothing is to be done. */
    record Refused(ClientError error) implements Edit {
        static Refused invalid(@Nullable String param, String message) {
            return new Refused(ClientError.invalid(param, null, message));
        }

        static Refused notFound(String what) {
            return new Refused(new ClientError(
                    404,
                    ClientError.INVALID_REQUEST,
                    "not_found",
                    null,
                    what + " is not known, or not yours to see.",
                    ""));
        }

        static Refused forbidden(String why) {
            return new Refused(new ClientError(403, "permission_error", "not_allowed", null, why, ""));
        }

        static Refused conflict(@Nullable String param, String message) {
            return new Refused(new ClientError(409, ClientError.INVALID_REQUEST, "conflict", param, message, ""));
        }
    }
}
