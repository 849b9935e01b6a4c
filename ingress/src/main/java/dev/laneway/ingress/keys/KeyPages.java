package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /key/...}. One event loop. */
final class KeyPages {
    private static final int PAGE = 10;
    private static final int LARGEST_PAGE = 500;

    private final KeyBook book;
    private final Editor editor;

    KeyPages(KeyBook book, Editor editor) {
        this.book = book;
        this.editor = editor;
    }

    List<Served> served() {
        return List.of(
                Served.post("/key/generate", this::generate),
                Served.post("/key/update", this::update),
                Served.post("/key/bulk_update", new BulkKeys(book, editor, this)::update),
                Served.post("/key/health", KeyPages::healthy),
                Served.post("/key/block", asked -> block(asked, true)),
                Served.post("/key/unblock", asked -> block(asked, false)),
                Served.post("/key/delete", this::delete),
                Served.post("/key/regenerate", asked -> regenerate(asked, null)),
                Served.post("/key/:key/regenerate", asked -> regenerate(asked, asked.part("key"))),
                Served.get("/key/info", this::info),
                Served.get("/key/list", this::list));
    }

    private void generate(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body != null) {
            generate(asked, body, Function.identity(), 0);
        }
    }

    /**
     * Makes a key.
     *
     * @param shown makes the answer of what is said about the key
     * @param done changes that the call asked for and that are in force by now
     */
    void generate(Served.Asked asked, ObjectNode body, Function<ObjectNode, ObjectNode> shown, int done) {
        Secret secret = Secret.of(body, "key");
        String id = book.nextId("key");
        editor.change(
                asked,
                body,
                fields -> made(asked.caller(), fields, id, secret),
                made -> {
                    ObjectNode answer = Json.object().put("key", secret.text());
                    answer.setAll(info((Control.Key) made));
                    said(asked, (Control.Key) made, answer, shown.apply(answer));
                },
                done);
    }

    /** What it comes to that a key is made so; nothing is done. */
    Edit made(Caller caller, ObjectNode body) {
        return made(caller, Fields.of(body), book.nextId("key"), Secret.of(body, "key"));
    }

    private Edit made(Caller caller, Fields fields, String id, Secret secret) {
        Edit unfit = book.unfit(fields, "key", secret);
        if (unfit != null) {
            return unfit;
        }
        KeyDraft draft = book.draft(caller, id, secret);
        fields.passZero("spend");
        KeyFields.read(fields, draft, now());
        return book.decided(caller, fields, null, draft, Command.Action.CREATE);
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, draft) -> draft.blocked(blocked));
    }

    /** {@code POST /key/update}: of the key that {@code key} names, else of the one whose {@code key_alias} it is. */
    private void update(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        Fields named = Fields.of(body);
        String alias = named.name("key") == null ? named.name("key_alias") : null;
        Control.Key ofAlias = alias == null ? null : book.byAlias(asked.caller(), alias);
        if (ofAlias != null) {
            body.put("key", ofAlias.sha256());
        } else if (alias != null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This key").error());
            return;
        }
        change(asked, body, Command.Action.UPDATE, (fields, draft) -> KeyFields.read(fields, draft, now()));
    }

    private void change(Served.Asked asked, Command.Action action, KeyBook.Alteration alteration) {
        ObjectNode body = editor.read(asked);
        if (body != null) {
            change(asked, body, action, alteration);
        }
    }

    private void change(Served.Asked asked, ObjectNode body, Command.Action action, KeyBook.Alteration alteration) {
        editor.change(
                asked,
                body,
                fields -> {
                    String named = fields.name("key");
                    return named == null
                            ? Edit.Refused.invalid("key", "key is missing: a key's secret, token or id.")
                            : book.changed(asked.caller(), fields, named, action, alteration);
                },
                done -> {
                    ObjectNode answer =
                            Json.object().put("key", body.path("key").asText());
                    answer.setAll(info((Control.Key) done));
                    said(asked, (Control.Key) done, answer, answer);
                });
    }

    /**
     * {@code POST /key/regenerate} and {@code /key/KEY/regenerate}: another secret. The one before opens nothing, or for {@code
     * grace_period} still does. Other fields are changed along.
     *
     * @param inPath the key as the path names it
     */
    private void regenerate(Served.Asked asked, @Nullable String inPath) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        if (inPath != null) {
            body.put("key", inPath);
        }
        Secret secret = Secret.of(body, "new_key");
        editor.change(
                asked,
                body,
                fields -> {
                    String named = fields.name("key");
                    return named == null
                            ? Edit.Refused.invalid("key", "key is missing: a key's secret, token or id.")
                            : book.rotated(
                                    asked.caller(),
                                    fields,
                                    named,
                                    secret,
                                    new KeyBook.Rotation("new_key", "grace_period"),
                                    (all, draft) -> KeyFields.read(all, draft, now()));
                },
                done -> {
                    ObjectNode answer = Json.object().put("key", secret.text());
                    answer.setAll(info((Control.Key) done));
                    said(asked, (Control.Key) done, answer, answer);
                });
    }

    /** {@code POST /key/delete}: all that are named, or none where one is unknown. */
    private void delete(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        Caller caller = asked.caller();
        Fields fields = Fields.of(body);
        List<String> all = new ArrayList<>(Objects.requireNonNullElse(fields.texts("keys"), List.of()));
        List<Control.@Nullable Key> keys = new ArrayList<>();
        all.forEach(name -> keys.add(book.find(caller, name)));
        for (String alias : Objects.requireNonNullElse(fields.texts("key_aliases"), List.<String>of())) {
            all.add(alias);
            keys.add(book.byAlias(caller, alias));
        }
        ClientError wrong = fields.wrong();
        if (wrong == null && all.isEmpty()) {
            wrong = ClientError.invalid("keys", null, "keys or key_aliases is missing: which to delete.");
        }
        Map<String, Supplier<Edit>> edits = new LinkedHashMap<>();
        for (Control.Key key : keys) {
            if (key != null) {
                edits.put(key.id(), () -> deleted(caller, key.id()));
            } else if (wrong == null) {
                wrong = new ClientError(
                        404,
                        ClientError.INVALID_REQUEST,
                        "not_found",
                        "keys",
                        "One of the keys is not known. None was deleted.",
                        "");
            }
        }
        if (wrong != null) {
            editor.refuse(asked.call(), wrong);
            return;
        }
        editor.changeAll(
                asked,
                List.copyOf(edits.values()),
                () -> Editor.answer(asked.call(), Json.object().set("deleted_keys", Json.texts(all))));
    }

    private Edit deleted(Caller caller, String id) {
        return book.changed(
                caller, Fields.of(Json.object()), id, Command.Action.DELETE, (none, draft) -> draft.deleted(true));
    }

    /** {@code GET /key/info}: of the key that {@code key} names, else of the one that asks. */
    private void info(Served.Asked asked) {
        String named = asked.query("key");
        String meant = named == null ? asked.caller().owner() : named;
        Control.Key made = book.find(asked.caller(), meant);
        Control.Key key = made == null ? book.ofFile(asked.caller(), meant) : made;
        if (key == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This key").error());
            return;
        }
        ObjectNode answer = Json.object().put("key", named == null ? key.sha256() : named);
        ObjectNode info = info(key);
        answer.set("info", info);
        List<Spending.Of> spent = ofLimits(key, info);
        spent.add(new Spending.Of(Scope.KEY).add(key.id(), info, book.windowFrom(key)));
        book.spending.answer(asked.call(), answer, spent.toArray(Spending.Of[]::new));
    }

    /** Of a key with several budgets: {@code budget_limits_usage}, where it is to be said what each has spent. */
    private List<Spending.Of> ofLimits(Control.Key key, ObjectNode info) {
        List<Spending.Of> spent = new ArrayList<>();
        List<Budget> limits = BudgetLimits.others(book.directory.terms(key).budgets());
        ObjectNode usage = limits.isEmpty() ? Json.object() : info.putObject("budget_limits_usage");
        for (Budget limit : limits) {
            ObjectNode place = usage.putObject(BudgetLimits.duration(limit));
            spent.add(new Spending.Of(Scope.KEY, "current_spend")
                    .add(key.id(), place, limit.window(now()).start()));
        }
        return spent;
    }

    /** {@code GET /key/list}, in pages. */
    private void list(Served.Asked asked) {
        if (!editor.keepsTo(asked, KeyFilter.PARAMETERS)) {
            return;
        }
        Integer size = editor.number(asked, "size", PAGE, LARGEST_PAGE);
        Integer page = size == null ? null : editor.number(asked, "page", 1, Integer.MAX_VALUE);
        if (size == null || page == null) {
            return;
        }
        KeyFilter filter = new KeyFilter(asked, now());
        List<Control.Key> keys = filter.of(book.seen(asked.caller()));
        if (keys == null) {
            editor.refuse(asked.call(), filter.wrong());
            return;
        }
        boolean whole = "true".equalsIgnoreCase(asked.query("return_full_object"));
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(Scope.KEY);
        keys.stream().skip((page - 1L) * size).limit(size).forEach(key -> {
            if (whole) {
                ObjectNode info = info(key);
                shown.add(info);
                spent.add(key.id(), info, book.windowFrom(key));
            } else {
                shown.add(key.sha256());
            }
        });
        ObjectNode answer = Json.object();
        answer.set("keys", shown);
        answer.put("total_count", keys.size());
        answer.put("current_page", page);
        answer.put("total_pages", Math.ceilDiv(keys.size(), size));
        book.spending.answer(asked.call(), answer, spent);
    }

    /** @param info where it is said what the key has spent */
    private void said(Served.Asked asked, Control.Key key, ObjectNode info, JsonNode answer) {
        book.spending.answer(
                asked.call(), answer, new Spending.Of(Scope.KEY).add(key.id(), info, book.windowFrom(key)));
    }

    /** {@code POST /key/health}: that the key opens, which it does where this is reached. There are no logging callbacks. */
    private static void healthy(Served.Asked asked) {
        Editor.answer(asked.call(), Json.object().put("key", "healthy").putNull("logging_callbacks"));
    }

    ObjectNode info(Control.Key key) {
        return KeyFields.info(book.directory, key, now());
    }

    private long now() {
        return book.clock.getAsLong();
    }
}
