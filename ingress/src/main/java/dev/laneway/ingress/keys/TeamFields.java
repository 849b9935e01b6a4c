package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A team as LiteLLM's fields have it. */
final class TeamFields {
    private TeamFields() {}

    /** A team as it was, changed by what the fields say. */
    static Control.Team read(Fields fields, Control.Team was) {
        Map<String, Role> members = was.members();
        if (fields.has("members_with_roles")) {
            members = members(fields, "members_with_roles");
        }
        return new Control.Team(
                was.version(),
                was.id(),
                fields.has("team_alias") ? fields.text("team_alias") : was.alias(),
                LiteLlmTerms.read(fields, was.terms()),
                members,
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? KeyFields.metadataWithoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    /** Who is in it: {@code [{"user_id": ..., "role": "admin" | "user"}]}; an admin among them is the team's. */
    static Map<String, Role> members(Fields fields, String name) {
        Map<String, Role> members = new LinkedHashMap<>();
        for (Fields member : Objects.requireNonNullElse(fields.objects(name), List.<Fields>of())) {
            String user = member.id("user_id");
            Role role = KeyFields.role(member, "role");
            if (user == null) {
                member.fail("user_id", "is missing");
            } else {
                members.put(user, inTeam(role));
            }
        }
        return members;
    }

    /** In a team, LiteLLM's admin is no admin of everything. */
    static Role inTeam(@Nullable Role role) {
        return role == null ? Role.MEMBER : role == Role.ADMIN ? Role.TEAM_ADMIN : role;
    }

    static Control.Team with(Control.Team team, Map<String, Role> members) {
        return new Control.Team(
                team.version(),
                team.id(),
                team.alias(),
                team.terms(),
                members,
                team.blocked(),
                team.deleted(),
                null,
                team.metadata(),
                team.createdAt());
    }

    static Control.Team blocked(Control.Team team, boolean blocked) {
        return new Control.Team(
                team.version(),
                team.id(),
                team.alias(),
                team.terms(),
                team.members(),
                blocked,
                team.deleted(),
                null,
                team.metadata(),
                team.createdAt());
    }

    static Control.Team deleted(Control.Team team) {
        return new Control.Team(
                team.version(),
                team.id(),
                team.alias(),
                team.terms(),
                team.members(),
                team.blocked(),
                true,
                null,
                team.metadata(),
                team.createdAt());
    }

    static ObjectNode info(Control.Team team, long now) {
        ObjectNode info = Json.object();
        info.put("team_id", team.id());
        info.put("team_alias", team.alias());
        info.put("blocked", team.blocked());
        ArrayNode members = info.putArray("members_with_roles");
        new TreeMap<>(team.members())
                .forEach((user, role) -> members.addObject()
                        .put("user_id", user)
                        .put("role", role == Role.TEAM_ADMIN ? "admin" : "user"));
        info.set("metadata", Json.tree(team.metadata()));
        LiteLlmTerms.write(info, team.terms(), now);
        Json.time(info, "created_at", team.createdAt());
        info.put("version", team.version());
        return info;
    }
}
