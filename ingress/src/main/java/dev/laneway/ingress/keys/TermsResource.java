package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.providers.ProviderCatalogue;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.Holder;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/terms}: what every holder is held to; and {@code /v1/terms/SCOPE/ID}, those of what is no key, team or user: {@code global/all},
 * a user in a team ({@code member/TEAM%2FUSER}), a tag, a model, a provider, a deployment. One event loop.
 */
final class TermsResource {
    private static final String ONE = "/v1/terms/:scope/:id";
    private static final int LONGEST_ID = 257;
    private static final Pattern MEMBER = Pattern.compile(Fields.ID.pattern() + Scope.IN_TEAM + Fields.ID.pattern());

    private final KeyBook book;
    private final Resources resources;

    TermsResource(KeyBook book, Resources resources) {
        this.book = book;
        this.resources = resources;
    }

    List<Served> served() {
        return List.of(
                Served.get("/v1/terms", this::list),
                Served.get(ONE, this::show),
                new Served(HttpMethod.PUT, ONE, this::put),
                new Served(HttpMethod.DELETE, ONE, this::delete));
    }

    private boolean admitted(Served.Asked asked) {
        if (!asked.caller().isAdmin()) {
            resources
                    .editor()
                    .refuse(
                            asked.call(),
                            Edit.Refused.forbidden("Only an admin sees and changes terms.")
                                    .error());
        }
        return asked.caller().isAdmin();
    }

    /** A page: {@code limit} of them behind {@code after}, which is a scope, a slash and an id. */
    private void list(Served.Asked asked) {
        Integer limit = admitted(asked) && resources.editor().keepsTo(asked, Set.of("limit", "after"))
                ? resources.editor().number(asked, "limit", Resources.LARGEST_PAGE, Resources.LARGEST_PAGE)
                : null;
        if (limit == null) {
            return;
        }
        String after = Objects.requireNonNullElse(asked.query("after"), "");
        List<Holder> rest = book.directory.holders().stream()
                .filter(holder -> name(holder).compareTo(after) > 0)
                .sorted(Comparator.comparing(TermsResource::name))
                .limit(limit + 1L)
                .toList();
        ArrayNode all = Json.array();
        rest.stream().limit(limit).forEach(holder -> all.add(view(holder.scope(), holder.id(), holder.terms())));
        ObjectNode answer = Json.object();
        answer.set("data", all);
        answer.put("has_more", rest.size() > limit);
        Editor.answer(asked.call(), answer);
    }

    private static String name(Holder holder) {
        return holder.scope().id() + "/" + holder.id();
    }

    private static ObjectNode view(Scope scope, String id, Terms terms) {
        ObjectNode view = Json.object();
        view.put("scope", scope.id());
        view.put("id", id);
        view.set("terms", TermsFields.write(terms));
        return view;
    }

    private void show(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        String id = asked.part("id");
        Scope scope = scope(asked);
        Terms terms = scope == null ? Terms.NONE : book.directory.terms(scope, id);
        Control.Purse purse = scope == null ? null : book.directory.purse(scope, id);
        if (scope == null || (terms.equals(Terms.NONE) && (purse == null || purse.deleted()))) {
            resources.notFound(asked, "A holder of terms of this name");
            return;
        }
        Editor.answer(asked.call(), view(scope, id, terms).put("version", purse == null ? 0 : purse.version()));
    }

    private void put(Served.Asked asked) {
        change(asked, (fields, seen) -> {
            TermsFields.belongInside(fields);
            Fields described = fields.object("terms");
            if (described == null) {
                fields.fail("terms", "is missing: what they are held to");
                return Terms.NONE;
            }
            return TermsFields.read(described);
        });
    }

    private void delete(Served.Asked asked) {
        change(asked, (fields, seen) -> seen == null || seen.deleted() ? null : seen.terms());
    }

    private interface Change {
        /** Null where there is nothing to be changed. */
        @Nullable
        Terms terms(Fields fields, Control.@Nullable Purse seen);
    }

    private void change(Served.Asked asked, Change change) {
        boolean deleted = asked.call().http().method().equals(HttpMethod.DELETE);
        resources.change(
                asked,
                200,
                fields -> {
                    if (!asked.caller().isAdmin()) {
                        return Edit.Refused.forbidden("Only an admin sees and changes terms.");
                    }
                    Scope scope = scope(asked);
                    String id = asked.part("id");
                    if (scope == null || scope == Scope.KEY || scope == Scope.TEAM || scope == Scope.USER) {
                        return Edit.Refused.invalid(
                                "scope",
                                "The scope is global, member, tag, model, provider or deployment; keys, teams and users have"
                                        + " terms of their own, under /v1/keys, /v1/teams and /v1/users.");
                    }
                    if (scope == Scope.GLOBAL && !id.equals(Scope.ALL)) {
                        return Edit.Refused.invalid("id", "Of scope global there is only one: " + Scope.ALL + ".");
                    }
                    if (scope == Scope.MEMBER && !MEMBER.matcher(id).matches()) {
                        return Edit.Refused.invalid("id", "A user in a team is TEAM/USER, written TEAM%2FUSER.");
                    }
                    if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
                        return Edit.Refused.invalid("id", "An id has at most " + LONGEST_ID + " characters.");
                    }
                    Control.Purse seen = book.directory.purse(scope, id);
                    Terms terms = change.terms(fields, seen);
                    if (terms == null) {
                        return Edit.Refused.notFound("A holder of terms of this name");
                    }
                    if (!deleted && !new Holder(scope, id, terms).isKept()) {
                        return Edit.Refused.invalid(
                                "terms",
                                "A " + scope.id() + " is held to budgets, limits of calls and when_away alone:"
                                        + " put other terms on keys, teams, users, tags or models.");
                    }
                    String nobody = deleted ? null : nobody(scope, id);
                    if (nobody != null) {
                        return Edit.Refused.invalid("id", nobody);
                    }
                    if (!deleted && isUncounted(scope, id, terms)) {
                        return Edit.Refused.invalid(
                                "terms",
                                "No model_name is '" + Fields.shown(id)
                                        + "', so no call would count: budgets and max_cost_per_request are kept by the"
                                        + " model_name that calls go to.");
                    }
                    long version = seen == null ? 0 : seen.version();
                    Command.Action action = deleted
                            ? Command.Action.DELETE
                            : seen == null || seen.deleted() ? Command.Action.CREATE : Command.Action.UPDATE;
                    return new Edit.Wanted(
                            action, version, new Control.Purse(version, scope, id, terms, deleted, null));
                },
                Views::of);
    }

    /** Why no call can be of a holder of that name, so that its terms would hold for nothing; null where one can. */
    private @Nullable String nobody(Scope scope, String id) {
        return switch (scope) {
            case TAG ->
                id.equals(id.strip()) && id.length() <= KeyFields.LONGEST_TAG
                        ? null
                        : "A tag has at most " + KeyFields.LONGEST_TAG + " characters, and no space around it.";
            case PROVIDER -> {
                ProviderRow row = ProviderCatalogue.find(id);
                yield row == null
                        ? "There is no provider '" + Fields.shown(id) + "'."
                        : row.name().equals(id) ? null : "This provider is called '" + row.name() + "' here.";
            }
            case DEPLOYMENT ->
                book.directory.isDeployment(id)
                        ? null
                        : "There is no deployment '" + Fields.shown(id)
                                + "': it is named by the d_... that answers tell in x-litellm-model-id.";
            case GLOBAL, KEY, TEAM, USER, MEMBER, MODEL -> null;
        };
    }

    /** Whether terms speak of the money of a model that no call costs, as of an alias or a route. */
    private boolean isUncounted(Scope scope, String id, Terms terms) {
        return scope == Scope.MODEL
                && (!terms.budgets().isEmpty() || terms.maxCostPerRequest() != null)
                && !book.directory.isModel(id);
    }

    private static @Nullable Scope scope(Served.Asked asked) {
        String word = asked.part("scope").toLowerCase(Locale.ROOT);
        for (Scope scope : Scope.values()) {
            if (scope.id().equals(word)) {
                return scope;
            }
        }
        return null;
    }
}
