package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code POST /key/bulk_update}: many keys, each changed or not for itself, in their order; the answer says which. Once nothing can be
 * changed at all, the rest is not tried. One event loop.
 */
final class BulkKeys {
    private static final int MOST = 256;

    private final KeyBook book;
    private final Editor editor;
    private final KeyPages pages;

    BulkKeys(KeyBook book, Editor editor, KeyPages pages) {
        this.book = book;
        this.editor = editor;
        this.pages = pages;
    }

    /** Of one call. */
    private record Progress(List<ObjectNode> wanted, ArrayNode done, ArrayNode failed, Spending.Of spent) {}

    void update(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        List<ObjectNode> keys = body == null ? null : keys(asked, body);
        if (keys == null) {
            return;
        }
        if (!asked.caller().isAdmin() && !Authority.isTeamAdmin(asked.caller())) {
            editor.refuse(
                    asked.call(),
                    Edit.Refused.forbidden("Only an admin, or the admin of a team, changes keys.")
                            .error());
            return;
        }
        next(asked, new Progress(keys, Json.array(), Json.array(), new Spending.Of(Scope.KEY)), 0);
    }

    /** Null where it is said no list of keys, which is told to the client. */
    private @Nullable List<ObjectNode> keys(Served.Asked asked, ObjectNode body) {
        Fields fields = Fields.of(body);
        fields.has("keys");
        List<ObjectNode> keys = new ArrayList<>();
        for (JsonNode item : body.path("keys")) {
            if (item instanceof ObjectNode key && key.path("key").isTextual()) {
                keys.add(key);
            } else {
                fields.fail("keys", "are objects, each with the key that is meant: {\"key\": ..., \"max_budget\": 5}");
            }
        }
        if (keys.isEmpty() || keys.size() > MOST) {
            fields.fail("keys", "is a list of 1 to " + MOST + " objects");
        }
        if (fields.wrong() != null) {
            editor.refuse(asked.call(), fields.wrong());
            return null;
        }
        return keys;
    }

    private void next(Served.Asked asked, Progress progress, int at) {
        if (at == progress.wanted.size()) {
            ObjectNode answer = Json.object().put("total_requested", at);
            answer.set("successful_updates", progress.done);
            answer.set("failed_updates", progress.failed);
            book.spending.answer(asked.call(), answer, progress.spent);
            return;
        }
        ObjectNode wanted = progress.wanted.get(at);
        String named = wanted.path("key").asText();
        Consumer<Control.Entity> then = changed -> {
            Control.Key key = (Control.Key) changed;
            ObjectNode info = pages.info(key);
            progress.done.addObject().put("key", named).set("key_info", info);
            progress.spent.add(key.id(), info, book.windowFrom(key));
            next(asked, progress, at + 1);
        };
        Consumer<Rejection> otherwise = why -> {
            boolean noneCan = why.reason() == Refusal.CHANGES_AWAY;
            int until = noneCan ? progress.wanted.size() : at + 1;
            for (ObjectNode failed : progress.wanted.subList(at, until)) {
                ObjectNode said = progress.failed
                        .addObject()
                        .put("key", failed.path("key").asText());
                said.putNull("key_info").put("failed_reason", why.error().message());
            }
            next(asked, progress, until);
        };
        editor.change(
                asked,
                wanted,
                fields -> {
                    fields.has("key");
                    return book.changed(
                            asked.caller(),
                            fields,
                            named,
                            Command.Action.UPDATE,
                            (all, draft) -> KeyFields.read(all, draft, book.clock.getAsLong()));
                },
                then,
                otherwise);
    }
}
