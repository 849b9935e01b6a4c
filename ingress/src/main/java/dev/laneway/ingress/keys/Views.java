package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Entities in our own fields. No digest of a secret is among them. */
final class Views {
    private Views() {}

    static ObjectNode of(Control.Entity entity) {
        return switch (entity) {
            case Control.Key key -> of(key);
            case Control.Team team -> of(team);
            case Control.User user -> of(user);
            case Control.Purse purse -> of(purse);
            case Control.Template template -> of(template);
            case Control.Silence silence -> of(silence);
        };
    }

    static ObjectNode of(Control.Key key) {
        ObjectNode view = Json.object();
        view.put("id", key.id());
        view.put("alias", key.alias());
        view.put("hint", key.hint());
        view.put("team", key.team());
        view.put("user", key.user());
        view.put("role", word(key.role()));
        view.set("tags", Json.texts(key.tags()));
        view.put("budget_id", key.template());
        view.put("blocked", key.blocked());
        Json.time(view, "expires_at", key.expiresAt());
        Json.time(view, "previous_secret_until", key.previousUntil());
        return end(view, key, key.createdAt(), key.metadata());
    }

    static ObjectNode of(Control.Team team) {
        ObjectNode view = Json.object();
        view.put("id", team.id());
        view.put("alias", team.alias());
        view.put("blocked", team.blocked());
        ObjectNode members = view.putObject("members");
        new TreeMap<>(team.members()).forEach((user, role) -> members.put(user, role.id()));
        return end(view, team, team.createdAt(), team.metadata());
    }

    static ObjectNode of(Control.User user) {
        ObjectNode view = Json.object();
        view.put("id", user.id());
        view.put("alias", user.alias());
        view.put("email", user.email());
        view.put("role", word(user.role()));
        view.put("blocked", user.blocked());
        return end(view, user, user.createdAt(), user.metadata());
    }

    static ObjectNode of(Control.Purse purse) {
        ObjectNode view = Json.object();
        view.put("scope", purse.scope().id());
        view.put("id", purse.id());
        view.set("terms", TermsFields.write(purse.terms()));
        view.put("deleted", purse.deleted());
        view.put("version", purse.version());
        return view;
    }

    private static ObjectNode of(Control.Template template) {
        ObjectNode view = Json.object().put("id", template.id());
        return end(view, template, template.createdAt(), Map.of());
    }

    static ObjectNode of(Control.Silence silence) {
        ObjectNode view = Json.object();
        view.put("id", silence.id());
        view.put("kind", silence.kind());
        view.put("subject", silence.subject());
        Json.time(view, "from", silence.from());
        Json.time(view, "until", silence.until());
        view.put("reason", silence.reason());
        view.put("by", silence.by());
        view.put("deleted", silence.deleted());
        Json.time(view, "created_at", silence.createdAt());
        view.put("version", silence.version());
        return view;
    }

    private static ObjectNode end(
            ObjectNode view, Control.Entity entity, long createdAt, Map<String, @Nullable Object> metadata) {
        view.set("terms", TermsFields.write(entity.terms()));
        view.set("metadata", Json.tree(metadata));
        view.put("deleted", entity.deleted());
        Json.time(view, "created_at", createdAt);
        view.put("version", entity.version());
        return view;
    }

    private static @Nullable String word(@Nullable Role role) {
        return role == null ? null : role.id();
    }
}
