package dev.laneway.ingress.keys;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/teams}. One event loop. */
final class TeamResource {
    private static final String ONE = "/v1/teams/:id";

    private final KeyBook book;
    private final Resources resources;

    TeamResource(KeyBook book, Resources resources) {
        this.book = book;
        this.resources = resources;
    }

    List<Served> served() {
        return List.of(
                Served.get("/v1/teams", this::list),
                Served.post("/v1/teams", this::create),
                Served.get(ONE, this::show),
                new Served(HttpMethod.PATCH, ONE, asked -> change(asked, Command.Action.UPDATE, TeamResource::read)),
                new Served(
                        HttpMethod.DELETE,
                        ONE,
                        asked -> change(asked, Command.Action.DELETE, (fields, team) -> TeamFields.deleted(team))),
                Served.post(ONE + "/block", asked -> block(asked, true)),
                Served.post(ONE + "/unblock", asked -> block(asked, false)));
    }

    private void list(Served.Asked asked) {
        resources.page(
                asked,
                Scope.TEAM,
                book.directory.teams().stream()
                        .filter(team -> !team.deleted() && book.authority.maySee(asked.caller(), team))
                        .sorted(Comparator.comparing(Control.Team::id))
                        .toList(),
                Views::of);
    }

    private void show(Served.Asked asked) {
        Control.Team team = find(asked);
        if (team == null) {
            resources.notFound(asked, "This team");
        } else {
            resources.one(asked, Scope.TEAM, team.id(), Views.of(team));
        }
    }

    private void create(Served.Asked asked) {
        String fresh = book.nextId("team");
        resources.change(
                asked,
                201,
                fields -> {
                    String own = fields.id("id");
                    String id = own == null ? fresh : own;
                    Control.Team there = book.directory.team(id);
                    if (there != null && !there.deleted()) {
                        return new Edit.Refused(Editor.taken("id"));
                    }
                    Control.Team empty = new Control.Team(
                            0, id, null, Terms.NONE, Map.of(), false, false, null, Map.of(), book.clock.getAsLong());
                    return decided(asked, null, there, read(fields, empty), Command.Action.CREATE);
                },
                Views::of);
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, team) -> TeamFields.blocked(team, blocked));
    }

    private interface Change {
        Control.Team alter(Fields fields, Control.Team team);
    }

    private void change(Served.Asked asked, Command.Action action, Change change) {
        resources.change(
                asked,
                200,
                fields -> {
                    Control.Team team = find(asked);
                    return team == null
                            ? Edit.Refused.notFound("This team")
                            : decided(asked, team, team, change.alter(fields, team), action);
                },
                Views::of);
    }

    private static Control.Team read(Fields fields, Control.Team was) {
        Map<String, Role> members = was.members();
        if (fields.has("members")) {
            members = new HashMap<>();
            Fields named = fields.object("members");
            if (named != null) {
                for (String user : named.names()) {
                    Role role = KeyFields.role(named, user);
                    if (!Fields.ID.matcher(user).matches()) {
                        fields.fail("members", "are ids of users with their roles");
                    }
                    members.put(user, TeamFields.inTeam(role));
                }
            }
        }
        Terms terms = was.terms();
        if (fields.has("terms")) {
            Fields described = fields.object("terms");
            terms = described == null ? Terms.NONE : TermsFields.read(described);
        }
        return new Control.Team(
                was.version(),
                was.id(),
                fields.has("alias") ? fields.text("alias") : was.alias(),
                terms,
                members,
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? KeyFields.metadataWithoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    /** @param seen what is in force under the id, deleted or not */
    private Edit decided(
            Served.Asked asked,
            Control.@Nullable Team before,
            Control.@Nullable Team seen,
            Control.Team after,
            Command.Action action) {
        return book.authority.mayChange(asked.caller(), before, after)
                ? new Edit.Wanted(action, seen == null ? 0 : seen.version(), after)
                : Edit.Refused.forbidden("Only an admin changes teams; the admin of a team changes who is in it.");
    }

    private Control.@Nullable Team find(Served.Asked asked) {
        Control.Team team = book.directory.team(asked.part("id"));
        return team == null || team.deleted() || !book.authority.maySee(asked.caller(), team) ? null : team;
    }
}
