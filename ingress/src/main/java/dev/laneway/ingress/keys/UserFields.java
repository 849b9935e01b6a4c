package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Terms;
import java.util.Map;

/** A user as LiteLLM's fields have it. */
final class UserFields {
    private UserFields() {}

    static Control.User fresh(String id, long now) {
        return new Control.User(0, id, null, null, null, Terms.NONE, false, false, null, Map.of(), now);
    }

    /** A user as it was, changed by what the fields say. */
    static Control.User read(Fields fields, Control.User was) {
        return new Control.User(
                was.version(),
                was.id(),
                fields.has("user_alias") ? fields.text("user_alias") : was.alias(),
                fields.has("user_email") ? fields.text("user_email") : was.email(),
                fields.has("user_role") ? KeyFields.role(fields, "user_role") : was.role(),
                LiteLlmTerms.read(fields, was.terms()),
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? KeyFields.metadataWithoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    static Control.User blocked(Control.User user, boolean blocked) {
        return new Control.User(
                user.version(),
                user.id(),
                user.alias(),
                user.email(),
                user.role(),
                user.terms(),
                blocked,
                user.deleted(),
                null,
                user.metadata(),
                user.createdAt());
    }

    static Control.User deleted(Control.User user) {
        return new Control.User(
                user.version(),
                user.id(),
                user.alias(),
                user.email(),
                user.role(),
                user.terms(),
                user.blocked(),
                true,
                null,
                user.metadata(),
                user.createdAt());
    }

    static ObjectNode info(Control.User user, long now) {
        ObjectNode info = Json.object();
        info.put("user_id", user.id());
        info.put("user_alias", user.alias());
        info.put("user_email", user.email());
        info.put("user_role", user.role() == null ? null : word(user.role()));
        info.put("blocked", user.blocked());
        info.set("metadata", Json.tree(user.metadata()));
        LiteLlmTerms.write(info, user.terms(), now);
        Json.time(info, "created_at", user.createdAt());
        info.put("version", user.version());
        return info;
    }

    /** In the words of LiteLLM's scripts. */
    private static String word(Role role) {
        return switch (role) {
            case ADMIN -> "proxy_admin";
            case TEAM_ADMIN -> "team_admin";
            case MEMBER -> "internal_user";
            case READ_ONLY -> "internal_user_viewer";
        };
    }
}
