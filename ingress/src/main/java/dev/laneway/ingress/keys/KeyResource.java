package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Scope;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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
                new Served(HttpMethod.PATCH, ONE, asked -> change(asked, Command.Action.UPDATE, this::read)),
                new Served(
                        HttpMethod.DELETE,
                        ONE,
                        asked -> change(asked, Command.Action.DELETE, (fields, draft) -> draft.deleted(true))),
                Served.post(ONE + "/block", asked -> block(asked, true)),
                Served.post(ONE + "/unblock", asked -> block(asked, false)),
                Served.post(ONE + "/rotate", this::rotate));
    }

    private void list(Served.Asked asked) {
        if (!resources.editor().keepsTo(asked, Set.of("limit", "after", "team", "user", "alias"))) {
            return;
        }
        List<Control.Key> keys = book.seen(asked.caller()).stream()
                .filter(key -> Resources.matches(asked, "team", key.team())
                        && Resources.matches(asked, "user", key.user())
                        && Resources.matches(asked, "alias", key.alias()))
                .toList();
        resources.page(asked, Scope.KEY, keys, id -> book.ever(asked.caller(), id), KeyBook.ORDER, KeyResource::view);
    }

    private void show(Served.Asked asked) {
        Control.Key key = book.find(asked.caller(), asked.part("id"));
        if (key == null) {
            resources.notFound(asked, "This key");
        } else {
            Spending.Of spent = new Spending.Of(Scope.KEY);
            book.spending.answer(asked.call(), view(key, spent), spent);
        }
    }

    private static ObjectNode view(Control.Key key, Spending.Of spent) {
        ObjectNode view = Views.of(key);
        spent.add(key.id(), view);
        return view;
    }

    private void create(Served.Asked asked) {
        String id = book.nextId("key");
        withSecret(asked, 201, secret -> fields -> {
            Edit unfit = book.unfit(fields, "key", secret);
            if (unfit != null) {
                return unfit;
            }
            KeyDraft draft = book.draft(asked.caller(), id, secret);
            read(fields, draft);
            return book.decided(asked.caller(), fields, null, draft, Command.Action.CREATE);
        });
    }

    private void rotate(Served.Asked asked) {
        withSecret(
                asked,
                200,
                secret -> fields -> book.rotated(
                        asked.caller(),
                        fields,
                        asked.part("id"),
                        secret,
                        new KeyBook.Rotation("key", "grace"),
                        (none, draft) -> {}));
    }

    /** Does what comes of a secret, the one that the body has or a fresh one, and shows it this once. */
    private void withSecret(Served.Asked asked, int status, Function<Secret, Function<Fields, Edit>> alteration) {
        ObjectNode body = Json.read(asked.body().getBytes());
        Secret secret = Secret.of(body == null ? Json.object() : body, "key");
        resources.change(asked, status, alteration.apply(secret), key -> {
            ObjectNode view = Json.object().put("key", secret.text());
            view.setAll(Views.of(key));
            return view;
        });
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, draft) -> draft.blocked(blocked));
    }

    private void change(Served.Asked asked, Command.Action action, KeyBook.Alteration alteration) {
        resources.change(
                asked,
                200,
                fields -> book.changed(asked.caller(), fields, asked.part("id"), action, alteration),
                Views::of);
    }

    private void read(Fields fields, KeyDraft key) {
        if (fields.has("alias")) {
            key.alias(fields.name("alias"));
        }
        if (fields.has("team")) {
            key.team(fields.id("team"));
        }
        if (fields.has("user")) {
            key.user(fields.id("user"));
        }
        if (fields.has("role")) {
            key.role(KeyFields.role(fields, "role"));
        }
        if (fields.has("tags")) {
            key.tags(KeyFields.tags(fields));
        }
        if (fields.says("blocked")) {
            key.blocked(fields.flag("blocked", false));
        }
        if (fields.has("expires_at")) {
            Long at = fields.parsed("expires_at", Resources::instant);
            if (at != null && at == 0) {
                fields.fail("expires_at", "is behind 1970, or null for never");
            }
            key.expiresAt(at == null ? 0 : at);
        }
        if (fields.says("expires_in")) {
            Long span = fields.parsed("expires_in", Spans::millis);
            key.expiresAt(span == null ? 0 : book.clock.getAsLong() + span);
        }
        if (fields.has("metadata")) {
            key.metadata(Notes.read(fields));
        }
        if (fields.has("budget_id")) {
            key.template(fields.name("budget_id"));
        }
        key.terms(TermsFields.within(fields, key.terms()));
    }
}
