package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Teams, in our fields and in LiteLLM's. */
final class Teams extends Kind<Control.Team> {
    /** So that a team fits into a record of the control topic, twice. */
    static final int MOST_MEMBERS = 2_000;

    private static final String NOT_IN_IT = "names nobody who is in the team";

    private final Members members;

    Teams(KeyBook book, Members members) {
        super(book, Control.Team.class, Scope.TEAM, book.directory::teams, book.directory::team);
        this.members = members;
    }

    @Override
    Control.Team fresh(String id) {
        return new Control.Team(
                0, id, null, Terms.NONE, Map.of(), false, false, null, Map.of(), book.clock.getAsLong());
    }

    @Override
    Control.Team ours(Fields fields, Control.Team was) {
        return read(
                fields,
                was,
                "alias",
                TermsFields.within(fields, was.terms()),
                fields.has("members") ? members(fields) : was.members());
    }

    @Override
    Control.Team litellm(Fields fields, Control.Team was) {
        return read(
                fields,
                was,
                "team_alias",
                LiteLlmTerms.read(fields, was.terms()),
                fields.has("members_with_roles") ? listed(fields) : was.members());
    }

    private static Control.Team read(
            Fields fields, Control.Team was, String alias, Terms terms, Map<String, Role> members) {
        if (members.size() > MOST_MEMBERS) {
            fields.fail("members", "are at most " + MOST_MEMBERS);
        }
        return new Control.Team(
                was.version(),
                was.id(),
                fields.has(alias) ? fields.name(alias) : was.alias(),
                terms,
                members,
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? Notes.withoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    /** Roles by the ids of users. */
    private static Map<String, Role> members(Fields fields) {
        Map<String, Role> members = new HashMap<>();
        Fields named = fields.object("members");
        if (named != null) {
            for (String user : named.names()) {
                Role role = KeyFields.role(named, user);
                if (!Fields.ID.matcher(user).matches()) {
                    fields.fail("members", "are ids of users with their roles");
                }
                members.put(user, inTeam(role));
            }
        }
        return members;
    }

    /** LiteLLM's: {@code [{"user_id": ..., "role": "admin" | "user"}]}, or one of them. */
    private static Map<String, Role> listed(Fields fields) {
        Map<String, Role> members = new LinkedHashMap<>();
        for (Fields member : Objects.requireNonNullElse(fields.objects("members_with_roles"), List.<Fields>of())) {
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
    private static Role inTeam(@Nullable Role role) {
        return role == null ? Role.MEMBER : role == Role.ADMIN ? Role.TEAM_ADMIN : role;
    }

    /** With those whom LiteLLM's {@code member} names. */
    Control.Team withMembers(Caller caller, Fields fields, Control.Team was) {
        Map<String, Role> all = new HashMap<>(was.members());
        if (!fields.says("member")) {
            fields.fail("member", "is missing: who, as {\"user_id\": ..., \"role\": \"user\"}");
        }
        all.putAll(listed(caller, fields, was.id()));
        if (all.size() > MOST_MEMBERS) {
            fields.fail("member", "would be one too many: at most " + MOST_MEMBERS + " users are in a team");
        }
        return with(was, all, was.blocked(), was.deleted());
    }

    /** Whom LiteLLM's {@code member} names, one or a list, with their roles. */
    Map<String, Role> listed(Caller caller, Fields fields, String team) {
        Map<String, Role> listed = new LinkedHashMap<>();
        for (Fields member : Objects.requireNonNullElse(fields.objects("member"), List.<Fields>of())) {
            String user = members.named(caller, member, team);
            Role role = KeyFields.role(member, "role");
            if (user != null) {
                listed.put(user, inTeam(role));
            }
        }
        return listed;
    }

    /**
     * A user's roles by the ids of the teams that LiteLLM's {@code teams} names: texts, or {@code {"team_id": ..., "user_role": "user"}}.
     *
     * @param caller who must be able to see them
     */
    Map<String, Role> joined(Fields fields, Caller caller) {
        Map<String, Role> joined = new LinkedHashMap<>();
        if (fields.lists("teams", JsonNode::isObject)) {
            for (Fields team : Objects.requireNonNullElse(fields.objects("teams"), List.<Fields>of())) {
                String id = team.id("team_id");
                Role role = KeyFields.role(team, "user_role");
                if (id == null) {
                    team.fail("team_id", "is missing");
                } else {
                    joined.put(id, inTeam(role));
                }
            }
        } else {
            Objects.requireNonNullElse(fields.texts("teams"), List.<String>of())
                    .forEach(id -> joined.put(id, Role.MEMBER));
        }
        if (joined.keySet().stream().anyMatch(id -> find(caller, id) == null)) {
            fields.fail("teams", "are ids of teams that are there");
        }
        return joined;
    }

    /** Has a user in a team. */
    Edit joining(Caller caller, String team, String user, Role role) {
        return changed(caller, Fields.of(Json.object()), team, Command.Action.UPDATE, (none, was) -> {
            Map<String, Role> members = new HashMap<>(was.members());
            members.put(user, role);
            return with(was, members, was.blocked(), was.deleted());
        });
    }

    /** Without the one that LiteLLM's fields name. */
    Control.Team withoutMember(Caller caller, Fields fields, Control.Team was) {
        Map<String, Role> all = new HashMap<>(was.members());
        String user = members.named(caller, fields, was.id());
        if (user == null || all.remove(user) == null) {
            fields.fail("user_id", NOT_IN_IT);
        }
        return with(was, all, was.blocked(), was.deleted());
    }

    /** With another {@code role} of the one that LiteLLM's fields name. */
    Control.Team withRole(Caller caller, Fields fields, Control.Team was) {
        Map<String, Role> all = new HashMap<>(was.members());
        String user = members.named(caller, fields, was.id());
        Role role = KeyFields.role(fields, "role");
        if (user == null || all.replace(user, inTeam(role)) == null) {
            fields.fail("user_id", NOT_IN_IT);
        }
        return with(was, all, was.blocked(), was.deleted());
    }

    @Override
    Control.Team blocked(Control.Team was, boolean blocked) {
        return with(was, was.members(), blocked, was.deleted());
    }

    @Override
    Control.Team deleted(Control.Team was) {
        return with(was, was.members(), was.blocked(), true);
    }

    private static Control.Team with(Control.Team was, Map<String, Role> members, boolean blocked, boolean deleted) {
        return new Control.Team(
                was.version(),
                was.id(),
                was.alias(),
                was.terms(),
                members,
                blocked,
                deleted,
                null,
                was.metadata(),
                was.createdAt());
    }

    @Override
    ObjectNode info(Control.Team team, long now) {
        ObjectNode info = Json.object();
        info.put("team_id", team.id());
        info.put("team_alias", team.alias());
        info.put("blocked", team.blocked());
        ArrayNode members = info.putArray("members_with_roles");
        new TreeMap<>(team.members())
                .forEach((user, role) -> members.addObject()
                        .put("user_id", user)
                        .put("role", role == Role.TEAM_ADMIN ? "admin" : "user"));
        return LiteLlmTerms.end(info, team, team.terms(), team.metadata(), team.createdAt(), now);
    }

    @Override
    boolean maySee(Caller caller, Control.Team team) {
        return book.authority.maySee(caller, team);
    }

    @Override
    boolean maySeeSpend(Caller caller, Control.Team team) {
        return caller.isAdmin() || Authority.isTeamAdmin(caller);
    }

    @Override
    @Nullable
    String mayNot(Caller caller, Control.@Nullable Team before, Control.Team after) {
        return book.authority.mayNot(caller, before, after);
    }
}
