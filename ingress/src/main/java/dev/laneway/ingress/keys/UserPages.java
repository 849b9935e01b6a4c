package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LiteLLM's {@code /user/...}. One event loop. */
final class UserPages {
    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 500;
    /** What {@code /user/new} says about the key that it makes along. */
    private static final Set<String> OF_THE_KEY = Set.of("key_alias", "duration", "team_id");

    private static final Set<String> PARAMETERS = Set.of("page", "page_size", "role", "user_ids", "user_email");

    private final KeyBook book;
    private final Editor editor;
    private final KeyPages keys;
    private final Users users;
    private final Teams teams;
    private final KindPages<Control.User> pages;

    UserPages(KeyBook book, Editor editor, KeyPages keys, Users users, Teams teams) {
        this.book = book;
        this.editor = editor;
        this.keys = keys;
        this.users = users;
        this.teams = teams;
        this.pages = new KindPages<>(users, editor);
    }

    List<Served> served() {
        return List.of(
                Served.post("/user/new", this::create),
                Served.post("/user/update", pages::update),
                Served.post("/user/delete", pages::delete),
                Served.get("/user/info", this::info),
                Served.get("/user/list", this::list));
    }

    /**
     * Makes a user, has it in the teams that {@code teams} names, and makes a key for it unless {@code auto_create_key} is false; no user whose
     * key or whose teams could not be made so.
     */
    private void create(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        String own = book.nextId(users.word());
        boolean withKey = !body.hasNonNull("auto_create_key")
                || body.get("auto_create_key").asBoolean();
        ObjectNode ofKey = Json.object();
        OF_THE_KEY.forEach(name -> {
            if (body.hasNonNull(name)) {
                ofKey.set(name, body.get(name));
            }
        });
        Map<String, Role> joined = new LinkedHashMap<>();
        editor.change(asked, body, fields -> user(asked, fields, own, withKey, ofKey, joined), done -> {
            List<Supplier<Edit>> joining = new ArrayList<>();
            joined.forEach((team, role) -> joining.add(() -> teams.joining(asked.caller(), team, done.id(), role)));
            editor.changeAll(asked, joining, () -> made(asked, users.of(done), withKey, ofKey, joined.keySet()), 1);
        });
    }

    private void made(
            Served.Asked asked, Control.User made, boolean withKey, ObjectNode ofKey, Collection<String> joined) {
        ObjectNode user = users.info(made, book.clock.getAsLong());
        user.set("teams", Json.texts(joined));
        if (withKey) {
            ofKey.put("user_id", made.id());
            keys.generate(
                    asked,
                    ofKey,
                    key -> {
                        for (String name : List.of("key", "token", "token_id", "key_name", "expires")) {
                            user.set(name, key.get(name));
                        }
                        return user;
                    },
                    1 + joined.size());
        } else {
            Editor.answer(asked.call(), user);
        }
    }

    private Edit user(
            Served.Asked asked,
            Fields fields,
            String own,
            boolean withKey,
            ObjectNode ofKey,
            Map<String, Role> joined) {
        joined.clear();
        joined.putAll(teams.joined(fields, asked.caller()));
        fields.passZero("spend");
        fields.flag("auto_create_key", true);
        OF_THE_KEY.forEach(name -> {
            if (fields.says(name) && !withKey) {
                fields.fail(name, "is about the key, which auto_create_key says not to make");
            }
        });
        Edit user = users.made(asked.caller(), fields, "user_id", own, users::litellm);
        Edit key = withKey && user instanceof Edit.Wanted ? keys.made(asked.caller(), ofKey) : user;
        return key instanceof Edit.Refused ? key : user;
    }

    private void info(Served.Asked asked) {
        String named = asked.query("user_id");
        Control.User user = users.find(asked.caller(), named == null ? Authority.user(asked.caller()) : named);
        if (user == null) {
            editor.refuse(asked.call(), Edit.Refused.notFound("This user").error());
            return;
        }
        Spending.Of spent = new Spending.Of(Scope.USER);
        Spending.Of ofKeys = new Spending.Of(Scope.KEY);
        ObjectNode answer = Json.object().put("user_id", user.id());
        answer.set("user_info", shown(asked, user, spent));
        answer.set("keys", book.shown(asked.caller(), key -> user.id().equals(key.user()), ofKeys));
        ArrayNode in = answer.putArray("teams");
        long now = book.clock.getAsLong();
        teams.seen(asked.caller()).stream()
                .filter(team -> team.members().containsKey(user.id()))
                .forEach(team -> in.add(teams.info(team, now)));
        book.spending.answer(asked.call(), answer, spent, ofKeys);
    }

    private ObjectNode shown(Served.Asked asked, Control.User user, Spending.Of spent) {
        ObjectNode info = users.info(user, book.clock.getAsLong());
        users.saySpent(spent, asked.caller(), user, info, true);
        return info;
    }

    private static boolean isPart(String part, @Nullable String of) {
        return of != null && of.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private void list(Served.Asked asked) {
        if (!editor.keepsTo(asked, PARAMETERS)) {
            return;
        }
        Integer size = editor.number(asked, "page_size", PAGE, LARGEST_PAGE);
        Integer page = size == null ? null : editor.number(asked, "page", 1, Integer.MAX_VALUE);
        if (size == null || page == null) {
            return;
        }
        String email = asked.query("user_email");
        String ids = asked.query("user_ids");
        Set<String> named = ids == null ? Set.of() : Set.copyOf(List.of(ids.split(",")));
        List<Control.User> seen = users.seen(asked.caller()).stream()
                .filter(user -> Resources.matches(asked, "role", Users.word(user))
                        && (ids == null || named.contains(user.id()))
                        && (email == null || isPart(email, user.email())))
                .toList();
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(Scope.USER);
        seen.stream().skip((page - 1L) * size).limit(size).forEach(user -> shown.add(shown(asked, user, spent)));
        ObjectNode answer = Json.object();
        answer.set("users", shown);
        answer.put("total", seen.size());
        answer.put("page", page);
        answer.put("page_size", size);
        answer.put("total_pages", Math.ceilDiv(seen.size(), size));
        book.spending.answer(asked.call(), answer, spent);
    }
}
