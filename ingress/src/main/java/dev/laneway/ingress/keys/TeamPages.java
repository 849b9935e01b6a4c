package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /team/...}. One event loop. */
final class TeamPages {
    private final KeyBook book;
    private final Editor editor;

    TeamPages(KeyBook book, Editor editor) {
        this.book = book;
        this.editor = editor;
    }

    List<Served> served() {
        return List.of(
                Served.post("/team/new", this::create),
                Served.post(
                        "/team/update",
                        asked -> change(asked, Command.Action.UPDATE, (fields, team) -> TeamFields.read(fields, team))),
                Served.post(
                        "/team/block",
                        asked -> change(asked, Command.Action.BLOCK, (fields, team) -> TeamFields.blocked(team, true))),
                Served.post(
                        "/team/unblock",
                        asked -> change(
                                asked, Command.Action.UNBLOCK, (fields, team) -> TeamFields.blocked(team, false))),
                Served.post("/team/member_add", asked -> change(asked, Command.Action.UPDATE, TeamPages::withMembers)),
                Served.post(
                        "/team/member_delete", asked -> change(asked, Command.Action.UPDATE, TeamPages::withoutMember)),
                Served.post("/team/delete", this::delete),
                Served.get("/team/info", this::info),
                Served.get("/team/list", this::list));
    }

    private void create(Served.Asked asked) {
        ObjectNode body = read(asked);
        if (body == null) {
            return;
        }
        String fresh = book.nextId("team");
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Fields fields = Fields.of(body);
                    String own = fields.id("team_id");
                    String id = own == null ? fresh : own;
                    Control.Team before = book.directory.team(id);
                    if (before != null && !before.deleted()) {
                        return new Edit.Refused(Editor.taken("team_id"));
                    }
                    Control.Team was = new Control.Team(
                            0, id, null, Terms.NONE, Map.of(), false, false, null, Map.of(), book.clock.getAsLong());
                    return decided(
                            asked.caller(), fields, null, before, TeamFields.read(fields, was), Command.Action.CREATE);
                },
                done -> show(asked, done));
    }

    private interface Alteration {
        Control.Team alter(Fields fields, Control.Team team);
    }

    private void change(Served.Asked asked, Command.Action action, Alteration alteration) {
        ObjectNode body = read(asked);
        if (body == null) {
            return;
        }
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Fields fields = Fields.of(body);
                    Control.Team team = find(asked.caller(), fields.id("team_id"));
                    return team == null
                            ? Edit.Refused.notFound("This team")
                            : decided(asked.caller(), fields, team, team, alteration.alter(fields, team), action);
                },
                done -> show(asked, done));
    }

    /** @param seen what is in force under the id, deleted or not */
    private Edit decided(
            Caller caller,
            Fields fields,
            Control.@Nullable Team before,
            Control.@Nullable Team seen,
            Control.Team after,
            Command.Action action) {
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        return book.authority.mayChange(caller, before, after)
                ? new Edit.Wanted(action, seen == null ? 0 : seen.version(), after)
                : Edit.Refused.forbidden("Only an admin changes teams; the admin of a team changes who is in it.");
    }

    private static Control.Team withMembers(Fields fields, Control.Team team) {
        Map<String, Role> members = new HashMap<>(team.members());
        if (!fields.says("member")) {
            fields.fail("member", "is missing: who, as {\"user_id\": ..., \"role\": \"user\"}");
        }
        members.putAll(TeamFields.members(fields, "member"));
        return TeamFields.with(team, members);
    }

    private static Control.Team withoutMember(Fields fields, Control.Team team) {
        Map<String, Role> members = new HashMap<>(team.members());
        String user = fields.id("user_id");
        if (user == null || members.remove(user) == null) {
            fields.fail("user_id", "names nobody who is in the team");
        }
        return TeamFields.with(team, members);
    }

    private void delete(Served.Asked asked) {
        ObjectNode body = read(asked);
        if (body == null) {
            return;
        }
        Fields fields = Fields.of(body);
        List<String> ids = Objects.requireNonNullElse(fields.texts("team_ids"), List.of());
        ClientError wrong = fields.wrong();
        if (wrong == null && ids.isEmpty()) {
            wrong = ClientError.invalid("team_ids", null, "team_ids is missing: which to delete.");
        }
        if (wrong != null) {
            editor.refuse(asked.call(), wrong);
        } else {
            delete(asked, ids, () -> Editor.answer(asked.call(), Json.object().set("deleted_teams", Json.texts(ids))));
        }
    }

    private void delete(Served.Asked asked, List<String> ids, Runnable then) {
        if (ids.isEmpty()) {
            then.run();
        } else {
            delete(asked, ids.getFirst(), done -> delete(asked, ids.subList(1, ids.size()), then));
        }
    }

    private void delete(Served.Asked asked, String id, Consumer<Control.Entity> then) {
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Control.Team team = find(asked.caller(), id);
                    if (team == null) {
                        return Edit.Refused.notFound("The team '" + id + "'");
                    }
                    return asked.caller().isAdmin()
                            ? new Edit.Wanted(Command.Action.DELETE, team.version(), TeamFields.deleted(team))
                            : Edit.Refused.forbidden("Only an admin deletes teams.");
                },
                then);
    }

    private void info(Served.Asked asked) {
        String named = asked.query("team_id");
        Control.Team team = find(asked.caller(), named == null ? Authority.team(asked.caller()) : named);
        if (team == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This team").error());
            return;
        }
        long now = book.clock.getAsLong();
        ObjectNode answer = Json.object().put("team_id", team.id());
        ObjectNode shown = TeamFields.info(team, now);
        answer.set("team_info", shown);
        ArrayNode keys = answer.putArray("keys");
        Spending.Of ofKeys = new Spending.Of(Scope.KEY);
        book.seen(asked.caller()).stream()
                .filter(key -> team.id().equals(key.team()))
                .forEach(key -> {
                    ObjectNode info = KeyFields.info(key, now);
                    keys.add(info);
                    ofKeys.add(key.id(), info);
                });
        answer.putArray("team_memberships");
        book.spending.answer(asked.call(), answer, new Spending.Of(Scope.TEAM).add(team.id(), shown), ofKeys);
    }

    private void list(Served.Asked asked) {
        ArrayNode all = Json.array();
        Spending.Of spent = new Spending.Of(Scope.TEAM);
        String user = asked.query("user_id");
        long now = book.clock.getAsLong();
        book.directory.teams().stream()
                .filter(team -> !team.deleted() && book.authority.maySee(asked.caller(), team))
                .filter(team -> user == null || team.members().containsKey(user))
                .sorted(Comparator.comparing(Control.Team::id))
                .forEach(team -> {
                    ObjectNode info = TeamFields.info(team, now);
                    all.add(info);
                    spent.add(team.id(), info);
                });
        book.spending.answer(asked.call(), all, spent);
    }

    private Control.@Nullable Team find(Caller caller, @Nullable String id) {
        Control.Team team = id == null ? null : book.directory.team(id);
        return team == null || team.deleted() || !book.authority.maySee(caller, team) ? null : team;
    }

    private void show(Served.Asked asked, Control.Entity team) {
        ObjectNode info = TeamFields.info((Control.Team) team, book.clock.getAsLong());
        book.spending.answer(asked.call(), info, new Spending.Of(Scope.TEAM).add(team.id(), info));
    }

    private @Nullable ObjectNode read(Served.Asked asked) {
        return editor.read(asked.call(), asked.body());
    }
}
