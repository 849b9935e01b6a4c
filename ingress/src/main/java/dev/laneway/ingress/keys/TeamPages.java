package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import java.util.List;
import java.util.Set;

/** LiteLLM's {@code /team/...}. One event loop. */
final class TeamPages {
    private final KeyBook book;
    private final Editor editor;
    private final Teams teams;
    private final KindPages<Control.Team> pages;

    TeamPages(KeyBook book, Editor editor, Teams teams) {
        this.book = book;
        this.editor = editor;
        this.teams = teams;
        this.pages = new KindPages<>(teams, editor);
    }

    List<Served> served() {
        return List.of(
                Served.post("/team/new", this::create),
                Served.post("/team/update", pages::update),
                Served.post("/team/block", asked -> block(asked, true)),
                Served.post("/team/unblock", asked -> block(asked, false)),
                Served.post("/team/member_add", asked -> change(asked, Command.Action.UPDATE, Teams::withMembers)),
                Served.post("/team/member_delete", asked -> change(asked, Command.Action.UPDATE, Teams::withoutMember)),
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
        answer.putArray("team_memberships");
        book.spending.answer(asked.call(), answer, spent, ofKeys);
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
