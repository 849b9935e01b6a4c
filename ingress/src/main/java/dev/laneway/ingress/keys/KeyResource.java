package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keys}. One event loop. */
final class KeyResource {
    private static final String ONE = "/v1/keys/:id";

    private final KeyBook book;
    private final Resources resources;

    KeyResource(KeyBook book, Resources resources) {
        this.book = book;
        this.resources = resources;
    }

    List<Served> served() {
        return List.of(
                Served.get("/v1/keys", this::list),
                Served.post("/v1/keys", this::create),
                Served.get(ONE, this::show),
                new Served(HttpMethod.PATCH, ONE, this::update),
                new Served(HttpMethod.DELETE, ONE, this::delete),
                Served.post(ONE + "/block", asked -> block(asked, true)),
                Served.post(ONE + "/unblock", asked -> block(asked, false)),
                Served.post(ONE + "/rotate", this::rotate));
    }

    private void list(Served.Asked asked) {
        resources.page(
                asked,
                Scope.KEY,
                book.seen(asked.caller()).stream()
                        .filter(key -> Resources.matches(asked, "team", key.team())
                                && Resources.matches(asked, "user", key.user())
                                && Resources.matches(asked, "alias", key.alias()))
                        .toList(),
                Views::of);
    }

    private void show(Served.Asked asked) {
        Control.Key key = find(asked);
        if (key == null) {
            resources.notFound(asked, "This key");
        } else {
            resources.one(asked, Scope.KEY, key.id(), Views.of(key));
        }
    }

    private void create(Served.Asked asked) {
        ObjectNode body = Json.read(asked.body().getBytes());
        Secret secret = body != null && body.hasNonNull("key")
                ? new Secret(body.get("key").asText())
                : Secret.fresh();
        String id = book.nextId("key");
        resources.change(
                asked,
                201,
                fields -> {
                    if (!Secret.isFit(fields, "key")) {
                        return Edit.Refused.invalid("key", Secret.FORM);
                    }
                    KeyDraft draft = new KeyDraft(id, secret.digest(), book.clock.getAsLong());
                    draft.hint = secret.hint();
                    draft.team = Authority.isTeamAdmin(asked.caller()) ? Authority.team(asked.caller()) : null;
                    read(fields, draft);
                    return decided(asked, null, draft, Command.Action.CREATE);
                },
                made -> withSecret(secret, made));
    }

    private void update(Served.Asked asked) {
        change(asked, Command.Action.UPDATE, this::read);
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, draft) -> draft.blocked = blocked);
    }

    private void delete(Served.Asked asked) {
        change(asked, Command.Action.DELETE, (fields, draft) -> draft.deleted = true);
    }

    private void rotate(Served.Asked asked) {
        ObjectNode body = Json.read(asked.body().getBytes());
        Secret secret = body != null && body.hasNonNull("key")
                ? new Secret(body.get("key").asText())
                : Secret.fresh();
        resources.change(
                asked,
                200,
                fields -> {
                    Control.Key key = find(asked);
                    if (key == null) {
                        return Edit.Refused.notFound("This key");
                    }
                    if (!Secret.isFit(fields, "key")) {
                        return Edit.Refused.invalid("key", Secret.FORM);
                    }
                    KeyDraft draft = new KeyDraft(key);
                    Long grace = fields.parsed("grace", Spans::millis);
                    draft.rotate(secret.digest(), secret.hint(), grace == null ? 0 : book.clock.getAsLong() + grace);
                    return decided(asked, key, draft, Command.Action.ROTATE);
                },
                rotated -> withSecret(secret, rotated));
    }

    private interface Change {
        void alter(Fields fields, KeyDraft draft);
    }

    private void change(Served.Asked asked, Command.Action action, Change change) {
        resources.change(
                asked,
                200,
                fields -> {
                    Control.Key key = find(asked);
                    if (key == null) {
                        return Edit.Refused.notFound("This key");
                    }
                    KeyDraft draft = new KeyDraft(key);
                    change.alter(fields, draft);
                    return decided(asked, key, draft, action);
                },
                Views::of);
    }

    private void read(Fields fields, KeyDraft key) {
        if (fields.has("alias")) {
            key.alias = fields.text("alias");
        }
        if (fields.has("team")) {
            key.team = fields.id("team");
        }
        if (fields.has("user")) {
            key.user = fields.id("user");
        }
        if (fields.has("role")) {
            key.role = KeyFields.role(fields, "role");
        }
        if (fields.has("tags")) {
            key.tags = KeyFields.tags(fields);
        }
        if (fields.says("blocked")) {
            key.blocked = fields.flag("blocked", false);
        }
        if (fields.has("expires_at")) {
            Long at = fields.parsed("expires_at", Resources::instant);
            key.expiresAt = at == null ? 0 : at;
        }
        if (fields.says("expires_in")) {
            Long span = fields.parsed("expires_in", Spans::millis);
            key.expiresAt = span == null ? 0 : book.clock.getAsLong() + span;
        }
        if (fields.has("metadata")) {
            key.metadata = KeyFields.metadata(fields);
        }
        if (fields.has("terms")) {
            Fields terms = fields.object("terms");
            key.terms = terms == null ? Terms.NONE : TermsFields.read(terms);
        }
    }

    private Edit decided(Served.Asked asked, Control.@Nullable Key before, KeyDraft draft, Command.Action action) {
        Control.Key after = draft.build();
        Edit refusal = book.refusal(asked.caller(), before, after);
        return refusal == null ? new Edit.Wanted(action, before == null ? 0 : before.version(), after) : refusal;
    }

    private static ObjectNode withSecret(Secret secret, Control.Entity key) {
        ObjectNode view = Json.object().put("key", secret.text());
        view.setAll(Views.of(key));
        return view;
    }

    private Control.@Nullable Key find(Served.Asked asked) {
        return book.find(asked.caller(), asked.part("id"));
    }
}
