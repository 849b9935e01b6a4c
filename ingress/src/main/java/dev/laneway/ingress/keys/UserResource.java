package dev.laneway.ingress.keys;

import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/users}. One event loop. */
final class UserResource {
    private static final String ONE = "/v1/users/:id";

    private final KeyBook book;
    private final Resources resources;

    UserResource(KeyBook book, Resources resources) {
        this.book = book;
        this.resources = resources;
    }

    List<Served> served() {
        return List.of(
                Served.get("/v1/users", this::list),
                Served.post("/v1/users", this::create),
                Served.get(ONE, this::show),
                new Served(HttpMethod.PATCH, ONE, asked -> change(asked, Command.Action.UPDATE, UserResource::read)),
                new Served(
                        HttpMethod.DELETE,
                        ONE,
                        asked -> change(asked, Command.Action.DELETE, (fields, user) -> UserFields.deleted(user))),
                Served.post(ONE + "/block", asked -> block(asked, true)),
                Served.post(ONE + "/unblock", asked -> block(asked, false)));
    }

    private void list(Served.Asked asked) {
        resources.page(
                asked,
                Scope.USER,
                book.directory.users().stream()
                        .filter(user -> !user.deleted() && book.authority.maySee(asked.caller(), user))
                        .sorted(Comparator.comparing(Control.User::id))
                        .toList(),
                Views::of);
    }

    private void show(Served.Asked asked) {
        Control.User user = find(asked);
        if (user == null) {
            resources.notFound(asked, "This user");
        } else {
            resources.one(asked, Scope.USER, user.id(), Views.of(user));
        }
    }

    private void create(Served.Asked asked) {
        String fresh = book.nextId("user");
        resources.change(
                asked,
                201,
                fields -> {
                    String own = fields.id("id");
                    String id = own == null ? fresh : own;
                    Control.User there = book.directory.user(id);
                    if (there != null && !there.deleted()) {
                        return new Edit.Refused(Editor.taken("id"));
                    }
                    Control.User after = read(fields, UserFields.fresh(id, book.clock.getAsLong()));
                    return decided(asked, there, after, Command.Action.CREATE);
                },
                Views::of);
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, user) -> UserFields.blocked(user, blocked));
    }

    private interface Change {
        Control.User alter(Fields fields, Control.User user);
    }

    private void change(Served.Asked asked, Command.Action action, Change change) {
        resources.change(
                asked,
                200,
                fields -> {
                    Control.User user = find(asked);
                    return user == null
                            ? Edit.Refused.notFound("This user")
                            : decided(asked, user, change.alter(fields, user), action);
                },
                Views::of);
    }

    private static Control.User read(Fields fields, Control.User was) {
        Terms terms = was.terms();
        if (fields.has("terms")) {
            Fields described = fields.object("terms");
            terms = described == null ? Terms.NONE : TermsFields.read(described);
        }
        return new Control.User(
                was.version(),
                was.id(),
                fields.has("alias") ? fields.text("alias") : was.alias(),
                fields.has("email") ? fields.text("email") : was.email(),
                fields.has("role") ? KeyFields.role(fields, "role") : was.role(),
                terms,
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? KeyFields.metadataWithoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    private static Edit decided(
            Served.Asked asked, Control.@Nullable User seen, Control.User after, Command.Action action) {
        return asked.caller().isAdmin()
                ? new Edit.Wanted(action, seen == null ? 0 : seen.version(), after)
                : Edit.Refused.forbidden("Only an admin changes users.");
    }

    private Control.@Nullable User find(Served.Asked asked) {
        Control.User user = book.directory.user(asked.part("id"));
        return user == null || user.deleted() || !book.authority.maySee(asked.caller(), user) ? null : user;
    }
}
