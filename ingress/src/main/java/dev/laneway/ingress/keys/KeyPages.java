package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /key/...}. One event loop. */
final class KeyPages {
    private static final int LARGEST_PAGE = 500;

    private final KeyBook book;
    private final Editor editor;

    KeyPages(KeyBook book, Editor editor) {
        this.book = book;
        this.editor = editor;
    }

    List<Served> served() {
        return List.of(
                Served.post("/key/generate", asked -> generate(asked.call(), asked.caller(), asked.body())),
                Served.post("/key/update", asked -> update(asked.call(), asked.caller(), asked.body())),
                Served.post("/key/block", asked -> block(asked.call(), asked.caller(), asked.body())),
                Served.post("/key/unblock", asked -> unblock(asked.call(), asked.caller(), asked.body())),
                Served.post("/key/delete", asked -> delete(asked.call(), asked.caller(), asked.body())),
                Served.post("/key/regenerate", asked -> regenerate(asked.call(), asked.caller(), asked.body(), null)),
                Served.post(
                        "/key/:key/regenerate",
                        asked -> regenerate(asked.call(), asked.caller(), asked.body(), asked.part("key"))),
                Served.get("/key/info", asked -> info(asked.call(), asked.caller())),
                Served.get("/key/list", asked -> list(asked.call(), asked.caller())));
    }

    /** {@code POST /key/generate}. */
    void generate(Call call, Caller caller, Buffer body) {
        ObjectNode asked = read(call, body);
        if (asked != null) {
            generate(call, caller, asked, Function.identity());
        }
    }

    /** @param shown makes the answer of what is said about the key */
    void generate(Call call, Caller caller, ObjectNode asked, Function<ObjectNode, ObjectNode> shown) {
        Secret secret = asked.hasNonNull("key") ? new Secret(asked.get("key").asText()) : Secret.fresh();
        String id = book.nextId("key");
        editor.change(call, caller, () -> made(caller, asked, id, secret), made -> {
            ObjectNode answer = Json.object().put("key", secret.text());
            answer.setAll(KeyFields.info((Control.Key) made, now()));
            said(call, made, answer, shown.apply(answer));
        });
    }

    private Edit made(Caller caller, ObjectNode asked, String id, Secret secret) {
        Fields fields = Fields.of(asked);
        if (!Secret.isFit(fields, "key")) {
            return Edit.Refused.invalid("key", Secret.FORM);
        }
        KeyDraft draft = new KeyDraft(id, secret.digest(), now());
        draft.hint = secret.hint();
        draft.team = Authority.isTeamAdmin(caller) ? Authority.team(caller) : null;
        String budget = fields.text("budget_id");
        if (budget != null) {
            Control.Template template = book.directory.template(budget);
            if (template == null || template.deleted()) {
                return Edit.Refused.invalid("budget_id", "There is no budget '" + budget + "'.");
            }
            draft.terms = template.terms();
        }
        KeyFields.read(fields, draft, now());
        return decided(caller, fields, null, draft, Command.Action.CREATE);
    }

    /** {@code POST /key/update}. */
    void update(Call call, Caller caller, Buffer body) {
        ObjectNode asked = read(call, body);
        if (asked != null) {
            change(call, caller, asked, Command.Action.UPDATE, (fields, draft) -> KeyFields.read(fields, draft, now()));
        }
    }

    /** {@code POST /key/block}. */
    void block(Call call, Caller caller, Buffer body) {
        ObjectNode asked = read(call, body);
        if (asked != null) {
            change(call, caller, asked, Command.Action.BLOCK, (fields, draft) -> draft.blocked = true);
        }
    }

    /** {@code POST /key/unblock}. */
    void unblock(Call call, Caller caller, Buffer body) {
        ObjectNode asked = read(call, body);
        if (asked != null) {
            change(call, caller, asked, Command.Action.UNBLOCK, (fields, draft) -> draft.blocked = false);
        }
    }

    private interface Alteration {
        void alter(Fields fields, KeyDraft draft);
    }

    private void change(Call call, Caller caller, ObjectNode asked, Command.Action action, Alteration alteration) {
        editor.change(
                call,
                caller,
                () -> {
                    Fields fields = Fields.of(asked);
                    String named = fields.text("key");
                    Control.Key key = named == null ? null : book.find(caller, named);
                    if (key == null) {
                        return named == null
                                ? Edit.Refused.invalid("key", "key is missing: a key's secret, token or id.")
                                : Edit.Refused.notFound("This key");
                    }
                    KeyDraft draft = new KeyDraft(key);
                    alteration.alter(fields, draft);
                    return decided(caller, fields, key, draft, action);
                },
                done -> {
                    ObjectNode answer =
                            Json.object().put("key", asked.path("key").asText());
                    answer.setAll(KeyFields.info((Control.Key) done, now()));
                    said(call, done, answer, answer);
                });
    }

    private Edit decided(
            Caller caller, Fields fields, Control.@Nullable Key before, KeyDraft draft, Command.Action action) {
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        Control.Key after = draft.build();
        Edit refusal = book.refusal(caller, before, after);
        return refusal == null ? new Edit.Wanted(action, before == null ? 0 : before.version(), after) : refusal;
    }

    /**
     * {@code POST /key/regenerate} and {@code /key/KEY/regenerate}: another secret. The one before opens nothing, or for {@code
     * grace_period} still does. Other fields are changed along.
     *
     * @param inPath the key as the path names it
     */
    void regenerate(Call call, Caller caller, Buffer body, @Nullable String inPath) {
        ObjectNode asked = read(call, body);
        if (asked == null) {
            return;
        }
        if (inPath != null) {
            asked.put("key", inPath);
        }
        Secret secret =
                asked.hasNonNull("new_key") ? new Secret(asked.get("new_key").asText()) : Secret.fresh();
        editor.change(call, caller, () -> rotated(caller, asked, secret), done -> {
            ObjectNode answer = Json.object().put("key", secret.text());
            answer.setAll(KeyFields.info((Control.Key) done, now()));
            Editor.answer(call, answer);
        });
    }

    private Edit rotated(Caller caller, ObjectNode asked, Secret secret) {
        Fields fields = Fields.of(asked);
        String named = fields.text("key");
        Control.Key key = named == null ? null : book.find(caller, named);
        if (key == null) {
            return Edit.Refused.notFound("This key");
        }
        if (!Secret.isFit(fields, "new_key")) {
            return Edit.Refused.invalid("new_key", Secret.FORM);
        }
        KeyDraft draft = new KeyDraft(key);
        KeyFields.read(fields, draft, now());
        Long grace = fields.parsed("grace_period", Spans::millis);
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        draft.rotate(secret.digest(), secret.hint(), grace == null ? 0 : now() + grace);
        return decided(caller, fields, key, draft, Command.Action.ROTATE);
    }

    /** {@code POST /key/delete}: all that are named, or none where one is unknown. */
    void delete(Call call, Caller caller, Buffer body) {
        ObjectNode asked = read(call, body);
        if (asked == null) {
            return;
        }
        Fields fields = Fields.of(asked);
        List<String> named = Objects.requireNonNullElse(fields.texts("keys"), List.of());
        List<String> aliases = Objects.requireNonNullElse(fields.texts("key_aliases"), List.of());
        ClientError wrong = fields.wrong();
        if (wrong == null && named.isEmpty() && aliases.isEmpty()) {
            wrong = ClientError.invalid("keys", null, "keys or key_aliases is missing: which to delete.");
        }
        List<Control.Key> keys = new ArrayList<>();
        for (String name : named) {
            keys.add(book.find(caller, name));
        }
        for (String alias : aliases) {
            keys.add(book.byAlias(caller, alias));
        }
        if (wrong == null && keys.contains(null)) {
            wrong = new ClientError(
                    404,
                    ClientError.INVALID_REQUEST,
                    "not_found",
                    "keys",
                    "One of the keys is not known. None was deleted.",
                    "");
        }
        if (wrong != null) {
            editor.refuse(call, wrong);
            return;
        }
        List<String> all = new ArrayList<>(named);
        all.addAll(aliases);
        delete(
                call,
                caller,
                keys.stream().map(Control.Key::id).toList(),
                () -> Editor.answer(call, Json.object().set("deleted_keys", Json.texts(all))));
    }

    private void delete(Call call, Caller caller, List<String> ids, Runnable then) {
        if (ids.isEmpty()) {
            then.run();
        } else {
            delete(call, caller, ids.getFirst(), done -> delete(call, caller, ids.subList(1, ids.size()), then));
        }
    }

    /** Deletes one by its id. */
    void delete(Call call, Caller caller, String id, Consumer<Control.Entity> then) {
        editor.change(
                call,
                caller,
                () -> {
                    Control.Key key = book.find(caller, id);
                    if (key == null) {
                        return Edit.Refused.notFound("This key");
                    }
                    KeyDraft draft = new KeyDraft(key);
                    draft.deleted = true;
                    Control.Key after = draft.build();
                    String forbidden = book.authority.mayNot(caller, key, after);
                    return forbidden == null
                            ? new Edit.Wanted(Command.Action.DELETE, key.version(), after)
                            : Edit.Refused.forbidden(forbidden);
                },
                then);
    }

    /** {@code GET /key/info}: of the key that {@code key} names, else of the one that asks. */
    void info(Call call, Caller caller) {
        String asked = call.http().getParam("key");
        String named = asked == null ? caller.owner() : asked;
        Control.Key key = book.find(caller, named);
        if (key == null) {
            editor.refuse(call, Edit.Refused.notFound("This key").error());
            return;
        }
        ObjectNode answer = Json.object().put("key", asked == null ? key.sha256() : asked);
        ObjectNode info = KeyFields.info(key, now());
        said(call, key, info, answer.set("info", info));
    }

    /** {@code GET /key/list}, in pages. */
    void list(Call call, Caller caller) {
        MultiMap asked = call.http().params();
        List<Control.Key> keys = book.seen(caller).stream()
                .filter(key -> matches(asked, "team_id", key.team())
                        && matches(asked, "user_id", key.user())
                        && matches(asked, "key_alias", key.alias())
                        && matches(asked, "key_hash", key.sha256()))
                .toList();
        int size = number(asked, "size", 10, LARGEST_PAGE);
        int page = number(asked, "page", 1, Integer.MAX_VALUE);
        boolean whole = "true".equalsIgnoreCase(asked.get("return_full_object"));
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(Scope.KEY);
        keys.stream().skip((page - 1L) * size).limit(size).forEach(key -> {
            if (whole) {
                ObjectNode info = KeyFields.info(key, now());
                shown.add(info);
                spent.add(key.id(), info);
            } else {
                shown.add(key.sha256());
            }
        });
        ObjectNode answer = Json.object();
        answer.set("keys", shown);
        answer.put("total_count", keys.size());
        answer.put("current_page", page);
        answer.put("total_pages", Math.ceilDiv(keys.size(), size));
        book.spending.answer(call, answer, spent);
    }

    /** @param info where it is said what the key has spent */
    private void said(Call call, Control.Entity key, ObjectNode info, JsonNode answer) {
        book.spending.answer(call, answer, new Spending.Of(Scope.KEY).add(key.id(), info));
    }

    private static boolean matches(MultiMap asked, String name, @Nullable String value) {
        String wanted = asked.get(name);
        return wanted == null || wanted.isEmpty() || wanted.equals(value);
    }

    static int number(MultiMap asked, String name, int unsaid, int most) {
        try {
            String text = asked.get(name);
            return text == null || text.isEmpty() ? unsaid : Math.clamp(Long.parseLong(text), 1, most);
        } catch (NumberFormatException none) {
            return unsaid;
        }
    }

    private @Nullable ObjectNode read(Call call, Buffer body) {
        return editor.read(call, body);
    }

    private long now() {
        return book.clock.getAsLong();
    }
}
