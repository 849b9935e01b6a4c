package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.auth.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /team/...}. One event loop. */
final class TeamPages {
    /** Whom and whose a change of members is about. */
    private static final Set<String> WHO = Set.of("team_id", "member", "user_id", "user_email", "role");

    private final KeyBook book;
    private final Editor editor;
    private final Teams teams;
    private final Members members;
    private final Users users;
    private final KindPages<Control.Team> pages;

    TeamPages(KeyBook book, Editor editor, Teams teams, Members members, Users users) {
        this.book = book;
        this.editor = editor;
        this.teams = teams;
        this.members = members;
        this.users = users;
        this.pages = new KindPages<>(teams, editor);
    }

    List<Served> served() {
        return List.of(
                Served.post("/team/new", this::create),
                Served.post("/team/update", pages::update),
                Served.post("/team/block", asked -> block(asked, true)),
                Served.post("/team/unblock", asked -> block(asked, false)),
                Served.post("/team/member_add", this::addMembers),
                Served.post("/team/member_update", this::updateMember),
                Served.post(
                        "/team/member_delete",
                        asked -> change(
                                asked,
                                Command.Action.UPDATE,
                                (fields, was) -> teams.withoutMember(asked.caller(), fields, was))),
                Served.post("/team/delete", pages::delete),
                Served.get("/team/info", this::info),
                Served.get("/team/list", this::list));
    }

    private void create(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body != null) {
            String own = book.nextId(teams.word());
            editor.change(
                    asked,
                    body,
                    fields -> teams.made(asked.caller(), fields, "team_id", own, teams::litellm),
                    done -> show(asked, done));
        }
    }

    /**
     * {@code POST /team/member_add}: takes users into a team, and says what each of them is held to in it. Nobody is in the team before its terms
     * hold.
     */
    private void addMembers(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        Control.Team team = body == null ? null : team(asked, body);
        if (body == null || team == null) {
            return;
        }
        Collection<String> named =
                teams.listed(asked.caller(), Fields.of(body), team.id()).keySet();
        List<Supplier<Edit>> edits = new ArrayList<>();
        if (!hold(asked, body, team, named, edits)) {
            return;
        }
        edits.add(() -> changed(asked, body, team, teams::withMembers));
        editor.changeAll(asked, edits, () -> {
            Control.Team now = Objects.requireNonNullElse(teams.any(team.id()), team);
            Spending.Of spent = new Spending.Of(Scope.TEAM);
            Spending.Of ofUsers = new Spending.Of(Scope.USER);
            Spending.Of ofMembers = new Spending.Of(Scope.MEMBER);
            ObjectNode answer = shown(asked, now, spent);
            ArrayNode updated = answer.putArray("updated_users");
            for (String id : named) {
                Control.User user = users.find(asked.caller(), id);
                if (user != null) {
                    ObjectNode info = users.info(user, book.clock.getAsLong());
                    users.saySpent(ofUsers, asked.caller(), user, info, true);
                    updated.add(info);
                }
            }
            answer.set("updated_team_memberships", members.shown(asked.caller(), now, named, ofMembers));
            book.spending.answer(asked.call(), answer, spent, ofUsers, ofMembers);
        });
    }

    /** {@code POST /team/member_update}: another role of a user in a team, or other terms. */
    private void updateMember(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        Control.Team team = body == null ? null : team(asked, body);
        if (body == null || team == null) {
            return;
        }
        Fields fields = Fields.of(body);
        String user = members.named(asked.caller(), fields, team.id());
        if (user == null || !team.members().containsKey(user)) {
            fields.fail("user_id", "names nobody who is in the team");
        } else if (!fields.says("role") && !Members.isSaid(body)) {
            fields.fail("max_budget_in_team", "is missing: what to change, this, role or another of a member's terms");
        }
        fields.has("team_id");
        Members.pass(fields);
        if (fields.wrong() != null || user == null) {
            editor.refuse(asked.call(), Objects.requireNonNull(fields.wrong()));
            return;
        }
        List<Supplier<Edit>> edits = new ArrayList<>();
        if (!hold(asked, body, team, List.of(user), edits)) {
            return;
        }
        if (fields.says("role")) {
            edits.add(() -> changed(asked, body, team, teams::withRole));
        }
        editor.changeAll(asked, edits, () -> Editor.answer(asked.call(), members.changed(team.id(), user)));
    }

    /** The one that {@code team_id} names; null where it is none that the caller may see, which is said. */
    private Control.@Nullable Team team(Served.Asked asked, ObjectNode body) {
        Fields fields = Fields.of(body);
        String id = fields.id("team_id");
        if (id == null) {
            fields.fail("team_id", "is missing: which team to change");
            editor.refuse(asked.call(), Objects.requireNonNull(fields.wrong()));
            return null;
        }
        Control.Team team = teams.find(asked.caller(), id);
        if (team == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This team").error());
        }
        return team;
    }

    /**
     * Adds what has users held to the terms that a body says, where it says any.
     *
     * @return false where that is refused, which is said
     */
    private boolean hold(
            Served.Asked asked,
            ObjectNode body,
            Control.Team team,
            Collection<String> named,
            List<Supplier<Edit>> edits) {
        for (String user : Members.isSaid(body) ? named : List.<String>of()) {
            Supplier<Edit> held = () -> members.held(asked.caller(), Fields.of(body), team, user, WHO);
            switch (held.get()) {
                case Edit.Refused refused -> {
                    editor.refuse(asked.call(), refused.error());
                    return false;
                }
                case Edit.Wanted wanted -> {
                    if (members.changes(wanted)) {
                        edits.add(held);
                    }
                }
            }
        }
        return true;
    }

    private interface OfMembers {
        Control.Team alter(Caller caller, Fields fields, Control.Team was);
    }

    private Edit changed(Served.Asked asked, ObjectNode body, Control.Team team, OfMembers alteration) {
        Fields fields = Fields.of(body);
        fields.has("team_id");
        Members.pass(fields);
        return teams.changed(
                asked.caller(),
                fields,
                team.id(),
                Command.Action.UPDATE,
                (all, was) -> alteration.alter(asked.caller(), all, was));
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, team) -> teams.blocked(team, blocked));
    }

    private void change(Served.Asked asked, Command.Action action, Kind.Alteration<Control.Team> alteration) {
        pages.change(asked, action, alteration, done -> show(asked, done));
    }

    private void show(Served.Asked asked, Control.Entity done) {
        Spending.Of spent = new Spending.Of(Scope.TEAM);
        book.spending.answer(asked.call(), shown(asked, teams.of(done), spent), spent);
    }

    private ObjectNode shown(Served.Asked asked, Control.Team team, Spending.Of spent) {
        ObjectNode info = teams.info(team, book.clock.getAsLong());
        teams.saySpent(spent, asked.caller(), team, info, true);
        return info;
    }

    private void info(Served.Asked asked) {
        String named = asked.query("team_id");
        Control.Team team = teams.find(asked.caller(), named == null ? Authority.team(asked.caller()) : named);
        if (team == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This team").error());
            return;
        }
        Spending.Of spent = new Spending.Of(Scope.TEAM);
        Spending.Of ofKeys = new Spending.Of(Scope.KEY);
        ObjectNode answer = Json.object().put("team_id", team.id());
        answer.set("team_info", shown(asked, team, spent));
        answer.set("keys", book.shown(asked.caller(), key -> team.id().equals(key.team()), ofKeys));
        Spending.Of ofMembers = new Spending.Of(Scope.MEMBER);
        answer.set(
                "team_memberships",
                members.shown(asked.caller(), team, team.members().keySet(), ofMembers));
        book.spending.answer(asked.call(), answer, spent, ofKeys, ofMembers);
    }

    private void list(Served.Asked asked) {
        if (!editor.keepsTo(asked, Set.of("user_id"))) {
            return;
        }
        String user = asked.query("user_id");
        ArrayNode all = Json.array();
        Spending.Of spent = new Spending.Of(Scope.TEAM);
        teams.seen(asked.caller()).stream()
                .filter(team -> user == null || team.members().containsKey(user))
                .forEach(team -> all.add(shown(asked, team, spent)));
        book.spending.answer(asked.call(), all, spent);
    }
}
