package dev.laneway.ingress.keys;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.control.Directory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may see and change what. An admin everything; a team's admin the keys of its team and who is in it, never beyond the team's terms;
 * others see what is their own: their key, those of the same user in the same team, and what their team and user are held to.
 */
final class Authority {
    private final Directory directory;

    Authority(Directory directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    boolean maySee(Caller caller, Control.Key key) {
        return caller.isAdmin()
                || key.id().equals(caller.owner())
                || (isTeamAdmin(caller) && key.team() != null && key.team().equals(team(caller)))
                || (key.user() != null && key.user().equals(user(caller)) && Objects.equals(key.team(), team(caller)));
    }

    boolean maySee(Caller caller, Control.Team team) {
        return caller.isAdmin() || team.id().equals(team(caller));
    }

    boolean maySee(Caller caller, Control.User user) {
        return caller.isAdmin() || user.id().equals(user(caller)) || (isTeamAdmin(caller) && isMember(caller, user));
    }

    private boolean isMember(Caller caller, Control.User user) {
        String id = team(caller);
        Control.Team team = id == null ? null : directory.team(id);
        return team != null && team.members().containsKey(user.id());
    }

    /**
     * Why a key may not be made so; null where it may.
     *
     * @param before null where there is none
     */
    @Nullable
    String mayNot(Caller caller, Control.@Nullable Key before, Control.Key after) {
        if (caller.isAdmin()) {
            return null;
        }
        String team = team(caller);
        if (!isTeamAdmin(caller) || team == null) {
            return "Only an admin, or the admin of a team, changes keys.";
        }
        if ((before != null && !team.equals(before.team())) || !team.equals(after.team())) {
            return "An admin of a team changes the keys of that team alone: team_id is '" + team + "'.";
        }
        if (after.role() == Role.ADMIN || (before != null && before.role() == Role.ADMIN)) {
            return "Only an admin makes and changes keys of admins.";
        }
        if (after.role() == Role.TEAM_ADMIN && (before == null || before.role() != Role.TEAM_ADMIN)) {
            return "Only an admin makes a key that is a team's admin by itself: let its user be one, among the team's members.";
        }
        if (before != null && before.id().equals(caller.owner()) && loosens(before, after)) {
            return "An admin of a team does not change whose the key is that it calls by, nor what that may do and for how long.";
        }
        Control.Team own = directory.team(team);
        boolean sameUser = before != null && Objects.equals(before.user(), after.user());
        if (after.user() != null && !sameUser && !mayActAs(own, after.user())) {
            return "An admin of a team makes keys of users who are in it, and are no admins of everything.";
        }
        String more = own == null ? null : Within.exceeds(directory.terms(after), own.terms());
        return more == null ? null : "This is more than the team's own terms allow: " + more + ".";
    }

    private boolean mayActAs(Control.@Nullable Team team, String id) {
        Control.User user = directory.user(id);
        return team != null && team.members().containsKey(id) && (user == null || user.role() != Role.ADMIN);
    }

    private static boolean loosens(Control.Key before, Control.Key after) {
        return !before.terms().equals(after.terms())
                || !Objects.equals(before.template(), after.template())
                || before.role() != after.role()
                || before.expiresAt() != after.expiresAt()
                || !before.tags().equals(after.tags())
                || !Objects.equals(before.user(), after.user());
    }

    /** Why a team may not be made so; null where it may. Its admins say who is in it, what it is called and what is noted of it. */
    @Nullable
    String mayNot(Caller caller, Control.@Nullable Team before, Control.Team after) {
        if (caller.isAdmin()) {
            return null;
        }
        if (before == null || !isTeamAdmin(caller) || !before.id().equals(team(caller)) || isMore(before, after)) {
            return "Only an admin changes teams; the admin of a team changes who is in it.";
        }
        return after.members().keySet().stream()
                .filter(user -> !before.members().containsKey(user) && !isNobodyElses(user, before.id()))
                .findAny()
                .map(user ->
                        "The admin of a team takes in users whom an admin has made, who are no admins, and who have no other team:"
                                + " for '" + user + "', ask an admin.")
                .orElse(null);
    }

    /** Why a user may not be held to terms in a team; null where it may. */
    @Nullable
    String mayNotHold(Caller caller, Control.Team team, String user, Terms after) {
        if (caller.isAdmin()) {
            return null;
        }
        if (!isTeamAdmin(caller) || !team.id().equals(team(caller))) {
            return "Only an admin, or the admin of the team, says what a user may spend in it.";
        }
        if (user.equals(user(caller))) {
            return "An admin of a team does not change what it is held to in it: ask an admin.";
        }
        String more = Within.exceeds(after, team.terms());
        return more == null ? null : "This is more than the team's own terms allow: " + more + ".";
    }

    /** Whether a caller may know what somebody is held to in a team, and has spent. */
    boolean maySeeMember(Caller caller, Control.Team team, String user) {
        return caller.isAdmin()
                || (team.id().equals(team(caller)) && (isTeamAdmin(caller) || user.equals(user(caller))));
    }

    /** Whether a caller may see a user, or as the admin of a team take it in. */
    boolean mayKnow(Caller caller, Control.User user, String team) {
        return maySee(caller, user)
                || (isTeamAdmin(caller) && team.equals(team(caller)) && isNobodyElses(user.id(), team));
    }

    private static boolean isMore(Control.Team before, Control.Team after) {
        return !before.terms().equals(after.terms())
                || before.blocked() != after.blocked()
                || before.deleted() != after.deleted()
                || after.members().containsValue(Role.ADMIN);
    }

    /** Whether somebody is known, and nobody's whose budget, address and costs are no business of a team that takes them in. */
    private boolean isNobodyElses(String id, String team) {
        Control.User user = directory.user(id);
        return user != null
                && !user.deleted()
                && user.role() != Role.ADMIN
                && directory.teams().stream()
                        .noneMatch(other -> !other.deleted()
                                && !other.id().equals(team)
                                && other.members().containsKey(id))
                && directory.keys().stream()
                        .noneMatch(key -> !key.deleted()
                                && id.equals(key.user())
                                && key.team() != null
                                && !key.team().equals(team));
    }

    static boolean isTeamAdmin(Caller caller) {
        return caller.role() == Role.TEAM_ADMIN;
    }

    static @Nullable String team(Caller caller) {
        return caller.payer() == null ? null : caller.payer().team();
    }

    static @Nullable String user(Caller caller) {
        return caller.payer() == null ? null : caller.payer().user();
    }
}
