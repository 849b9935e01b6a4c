package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What users are held to in a team, beside what the team and they themselves are held to: LiteLLM's {@code max_budget_in_team} and its like. Kept
 * as terms of {@link Scope#MEMBER}, so that everybody who holds keys and teams to theirs holds them to these.
 */
final class Members {
    /** The fields that say it. */
    private static final Set<String> FIELDS = Set.of(
            "max_budget_in_team",
            "budget_duration",
            "soft_budget",
            BudgetLimits.FIELD,
            "allowed_models",
            "rpm_limit",
            "tpm_limit",
            "max_parallel_requests");

    private final KeyBook book;

    Members(KeyBook book) {
        this.book = book;
    }

    static boolean isSaid(ObjectNode body) {
        return FIELDS.stream().anyMatch(body::has);
    }

    /** Passes over the fields that say it, since {@link #held} reads them. */
    static void pass(Fields fields) {
        FIELDS.forEach(fields::has);
    }

    Terms terms(String team, String user) {
        return book.directory.terms(Scope.MEMBER, Scope.member(team, user));
    }

    /**
     * A user of a team who is to be held to what the fields say; what they leave unsaid stays.
     *
     * @param others names of fields that somebody else reads
     */
    Edit held(Caller caller, Fields fields, Control.Team team, String user, Collection<String> others) {
        String id = Scope.member(team.id(), user);
        Control.Purse seen = book.directory.purse(Scope.MEMBER, id);
        Terms after = LiteLlmTerms.read(fields, terms(team.id(), user), LiteLlmTerms.Words.OF_MEMBERS);
        others.forEach(fields::has);
        if (fields.wrong() != null) {
            return new Edit.Refused(Objects.requireNonNull(fields.wrong()));
        }
        String forbidden = book.authority.mayNotHold(caller, team, user, after);
        if (forbidden != null) {
            return Edit.Refused.forbidden(forbidden);
        }
        boolean fresh = seen == null || seen.deleted();
        return new Edit.Wanted(
                fresh ? Command.Action.CREATE : Command.Action.UPDATE,
                seen == null ? 0 : seen.version(),
                new Control.Purse(seen == null ? 0 : seen.version(), Scope.MEMBER, id, after, false, null));
    }

    /** Whether an edit of {@link #held} changes anything. */
    boolean changes(Edit.Wanted held) {
        return !held.entity()
                .terms()
                .equals(book.directory.terms(Scope.MEMBER, held.entity().id()));
    }

    /** In LiteLLM's fields, those whom a caller may know of. */
    ArrayNode shown(Caller caller, Control.Team team, Collection<String> users, Spending.Of spent) {
        ArrayNode all = Json.array();
        users.stream()
                .filter(user -> book.authority.maySeeMember(caller, team, user))
                .sorted()
                .forEach(user -> all.add(shown(team, user, spent)));
        return all;
    }

    private ObjectNode shown(Control.Team team, String user, Spending.Of spent) {
        Terms terms = terms(team.id(), user);
        long now = book.clock.getAsLong();
        ObjectNode shown = Json.object().put("user_id", user).put("team_id", team.id());
        shown.putNull("budget_id");
        if (terms.equals(Terms.NONE)) {
            shown.putNull("litellm_budget_table");
        } else {
            LiteLlmTerms.write(shown.putObject("litellm_budget_table"), terms, now);
        }
        spent.add(Scope.member(team.id(), user), shown, LiteLlmTerms.windowFrom(terms, now));
        return shown;
    }

    /** The answer to a change of one. */
    ObjectNode changed(String team, String user) {
        ObjectNode terms = Json.object();
        LiteLlmTerms.write(terms, terms(team, user), book.clock.getAsLong());
        Control.User known = book.directory.user(user);
        ObjectNode answer = Json.object().put("team_id", team).put("user_id", user);
        answer.put("user_email", known == null ? null : known.email());
        answer.set("max_budget_in_team", terms.get("max_budget"));
        for (String same : Set.of("budget_duration", "rpm_limit", "tpm_limit", BudgetLimits.FIELD)) {
            answer.set(same, terms.get(same));
        }
        answer.set("allowed_models", terms.get("models"));
        return answer;
    }

    /**
     * The user whom fields name by {@code user_id}, {@code user_email} or both; null where they name none, which is said. An address is looked for
     * among those whom the caller may see, or take into the team: nobody finds out who else has one.
     */
    @Nullable
    String named(Caller caller, Fields fields, String team) {
        String id = fields.id("user_id");
        String email = fields.name("user_email");
        if (email == null) {
            if (id == null) {
                fields.fail("user_id", "is missing: who, or in its place user_email");
            }
            return id;
        }
        List<String> found = Users.byAddress(
                book,
                email,
                user -> (id == null || id.equals(user.id())) && book.authority.mayKnow(caller, user, team));
        if (found.size() == 1) {
            return found.getFirst();
        }
        fields.fail(
                "user_email",
                found.isEmpty()
                        ? "is of no such user: make one first, by /user/new"
                        : "is of several users: say which one by user_id");
        return null;
    }
}
