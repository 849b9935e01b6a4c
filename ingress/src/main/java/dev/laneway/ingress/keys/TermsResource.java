package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/terms}: what every holder is held to; and {@code /v1/terms/SCOPE/ID}, those of what is no key, team or user: {@code global/all},
 * a tag, a model, a provider, a deployment. One event loop.
 */
final class TermsResource {
    private static final String ONE = "/v1/terms/:scope/:id";
    private static final int LONGEST_ID = 256;

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

    private void list(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        ArrayNode all = Json.array();
        for (Holder holder : book.directory.holders()) {
            ObjectNode shown = all.addObject();
            shown.put("scope", holder.scope().id());
            shown.put("id", holder.id());
            shown.set("terms", TermsFields.write(holder.terms()));
        }
        Editor.answer(asked.call(), Json.object().set("data", all));
    }

    private void show(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        Scope scope = scope(asked);
        Terms terms = scope == null ? Terms.NONE : book.directory.terms(scope, asked.part("id"));
        if (scope == null || terms.equals(Terms.NONE)) {
            resources.notFound(asked, "A holder of terms of this name");
            return;
        }
        Control.Purse purse = book.directory.purse(scope, asked.part("id"));
        ObjectNode answer = Json.object();
        answer.put("scope", scope.id());
        answer.put("id", asked.part("id"));
        answer.set("terms", TermsFields.write(terms));
        answer.put("version", purse == null ? 0 : purse.version());
        Editor.answer(asked.call(), answer);
    }

    private void put(Served.Asked asked) {
        change(asked, (fields, seen) -> {
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
        Function<Control.Entity, ObjectNode> view = Views::of;
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
                                "The scope is global, tag, model, provider or deployment; keys, teams and users have"
                                        + " terms of their own, under /v1/keys, /v1/teams and /v1/users.");
                    }
                    if (scope == Scope.GLOBAL && !id.equals(Scope.ALL)) {
                        return Edit.Refused.invalid("id", "Of scope global there is only one: " + Scope.ALL + ".");
                    }
                    if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
                        return Edit.Refused.invalid("id", "An id has at most " + LONGEST_ID + " characters.");
                    }
                    Control.Purse seen = book.directory.purse(scope, id);
                    Terms terms = change.terms(fields, seen);
                    if (terms == null) {
                        return Edit.Refused.notFound("A holder of terms of this name");
                    }
                    long version = seen == null ? 0 : seen.version();
                    Command.Action action = deleted
                            ? Command.Action.DELETE
                            : seen == null || seen.deleted() ? Command.Action.CREATE : Command.Action.UPDATE;
                    return new Edit.Wanted(
                            action, version, new Control.Purse(version, scope, id, terms, deleted, null));
                },
                view);
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
