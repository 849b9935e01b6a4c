package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /user/...}. One event loop. */
final class UserPages {
    private static final int LARGEST_PAGE = 500;
    /** What {@code /user/new} says about the key that it makes along. */
    private static final Set<String> OF_THE_KEY = Set.of("key_alias", "duration", "team_id");

    private final KeyBook book;
    private final Editor editor;
    private final KeyPages keys;

    UserPages(KeyBook book, Editor editor, KeyPages keys) {
        this.book = book;
        this.editor = editor;
        this.keys = keys;
    }

    List<Served> served() {
        return List.of(
                Served.post("/user/new", this::create),
                Served.post("/user/update", this::update),
                Served.post("/user/delete", this::delete),
                Served.get("/user/info", this::info),
                Served.get("/user/list", this::list));
    }

    /** Makes a user, and a key for it unless {@code auto_create_key} is false. */
    private void create(Served.Asked asked) {
        ObjectNode body = editor.read(asked.call(), asked.body());
        if (body == null) {
            return;
        }
        String fresh = book.nextId("user");
        boolean withKey = !body.hasNonNull("auto_create_key")
                || body.get("auto_create_key").asBoolean();
        ObjectNode ofKey = Json.object();
        OF_THE_KEY.forEach(name -> {
            if (body.hasNonNull(name)) {
                ofKey.set(name, body.get(name));
            }
        });
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Fields fields = Fields.of(body);
                    fields.flag("auto_create_key", true);
                    OF_THE_KEY.forEach(name -> {
                        if (fields.says(name) && !withKey) {
                            fields.fail(name, "is about the key, which auto_create_key says not to make");
                        }
                    });
                    String own = fields.id("user_id");
                    String id = own == null ? fresh : own;
                    Control.User before = book.directory.user(id);
                    if (before != null && !before.deleted()) {
                        return new Edit.Refused(Editor.taken("user_id"));
                    }
                    Control.User after = UserFields.read(fields, UserFields.fresh(id, book.clock.getAsLong()));
                    return decided(asked.caller(), fields, before, after, Command.Action.CREATE);
                },
                done -> {
                    ObjectNode user = UserFields.info((Control.User) done, book.clock.getAsLong());
                    if (withKey) {
                        ofKey.put("user_id", done.id());
                        keys.generate(
                                asked.call(),
                                asked.caller(),
                                ofKey,
                                key -> user.setAll((ObjectNode) Json.object()
                                        .put("key", key.get("key").asText())
                                        .set("token", key.get("token"))));
                    } else {
                        Editor.answer(asked.call(), user);
                    }
                });
    }

    private void update(Served.Asked asked) {
        ObjectNode body = editor.read(asked.call(), asked.body());
        if (body == null) {
            return;
        }
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Fields fields = Fields.of(body);
                    Control.User user = find(asked.caller(), fields.id("user_id"));
                    return user == null
                            ? Edit.Refused.notFound("This user")
                            : decided(
                                    asked.caller(), fields, user, UserFields.read(fields, user), Command.Action.UPDATE);
                },
                done -> {
                    ObjectNode answer = Json.object().put("user_id", done.id());
                    ObjectNode info = UserFields.info((Control.User) done, book.clock.getAsLong());
                    answer.set("data", info);
                    book.spending.answer(asked.call(), answer, new Spending.Of(Scope.USER).add(done.id(), info));
                });
    }

    private static Edit decided(
            Caller caller, Fields fields, Control.@Nullable User seen, Control.User after, Command.Action action) {
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        return caller.isAdmin()
                ? new Edit.Wanted(action, seen == null ? 0 : seen.version(), after)
                : Edit.Refused.forbidden("Only an admin changes users.");
    }

    private void delete(Served.Asked asked) {
        ObjectNode body = editor.read(asked.call(), asked.body());
        if (body == null) {
            return;
        }
        Fields fields = Fields.of(body);
        List<String> ids = Objects.requireNonNullElse(fields.texts("user_ids"), List.of());
        ClientError wrong = fields.wrong();
        if (wrong == null && ids.isEmpty()) {
            wrong = ClientError.invalid("user_ids", null, "user_ids is missing: whom to delete.");
        }
        if (wrong != null) {
            editor.refuse(asked.call(), wrong);
        } else {
            delete(asked, ids, () -> Editor.answer(asked.call(), Json.object().set("deleted_users", Json.texts(ids))));
        }
    }

    private void delete(Served.Asked asked, List<String> ids, Runnable then) {
        if (ids.isEmpty()) {
            then.run();
        } else {
            delete(asked, ids.getFirst(), done -> delete(asked, ids.subList(1, ids.size()), then));
        }
    }

    private void delete(Served.Asked asked, String id, Consumer<Control.Entity> then) {
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Control.User user = find(asked.caller(), id);
                    return user == null
                            ? Edit.Refused.notFound("The user '" + id + "'")
                            : decided(
                                    asked.caller(),
                                    Fields.of(Json.object()),
                                    user,
                                    UserFields.deleted(user),
                                    Command.Action.DELETE);
                },
                then);
    }

    private void info(Served.Asked asked) {
        String named = asked.query("user_id");
        Control.User user = find(asked.caller(), named == null ? Authority.user(asked.caller()) : named);
        if (user == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This user").error());
            return;
        }
        long now = book.clock.getAsLong();
        ObjectNode answer = Json.object().put("user_id", user.id());
        ObjectNode shown = UserFields.info(user, now);
        answer.set("user_info", shown);
        ArrayNode own = answer.putArray("keys");
        Spending.Of ofKeys = new Spending.Of(Scope.KEY);
        book.seen(asked.caller()).stream()
                .filter(key -> user.id().equals(key.user()))
                .forEach(key -> {
                    ObjectNode info = KeyFields.info(key, now);
                    own.add(info);
                    ofKeys.add(key.id(), info);
                });
        ArrayNode teams = answer.putArray("teams");
        book.directory.teams().stream()
                .filter(team -> !team.deleted() && team.members().containsKey(user.id()))
                .filter(team -> book.authority.maySee(asked.caller(), team))
                .forEach(team -> teams.add(TeamFields.info(team, now)));
        book.spending.answer(asked.call(), answer, new Spending.Of(Scope.USER).add(user.id(), shown), ofKeys);
    }

    private void list(Served.Asked asked) {
        List<Control.User> users = book.directory.users().stream()
                .filter(user -> !user.deleted() && book.authority.maySee(asked.caller(), user))
                .sorted(Comparator.comparing(Control.User::id))
                .toList();
        int size = KeyPages.number(asked.call().http().params(), "page_size", 25, LARGEST_PAGE);
        int page = KeyPages.number(asked.call().http().params(), "page", 1, Integer.MAX_VALUE);
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(Scope.USER);
        users.stream().skip((page - 1L) * size).limit(size).forEach(user -> {
            ObjectNode info = UserFields.info(user, book.clock.getAsLong());
            shown.add(info);
            spent.add(user.id(), info);
        });
        ObjectNode answer = Json.object();
        answer.set("users", shown);
        answer.put("total", users.size());
        answer.put("page", page);
        answer.put("page_size", size);
        answer.put("total_pages", Math.ceilDiv(users.size(), size));
        book.spending.answer(asked.call(), answer, spent);
    }

    private Control.@Nullable User find(Caller caller, @Nullable String id) {
        Control.User user = id == null ? null : book.directory.user(id);
        return user == null || user.deleted() || !book.authority.maySee(caller, user) ? null : user;
    }
}
