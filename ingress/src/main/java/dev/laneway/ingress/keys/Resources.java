package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What our own resources have in common: pages of lists, and changes by the version that the asker saw. One event loop. */
final class Resources {
    private static final int LARGEST_PAGE = 1_000;
    private static final int PAGE = 100;

    private final Editor editor;
    private final Spending spending;

    Resources(Editor editor, Spending spending) {
        this.editor = editor;
        this.spending = spending;
    }

    Editor editor() {
        return editor;
    }

    /** Works out what an entity shall be; what it says is wrong, in its fields or by an edit. */
    @FunctionalInterface
    interface Alteration {
        Edit edit(Fields fields);
    }

    /**
     * Does what a body describes.
     *
     * @param status of the answer
     * @param answer what the entity in force is shown as
     */
    void change(Served.Asked asked, int status, Alteration alteration, Function<Control.Entity, ObjectNode> answer) {
        ObjectNode body = editor.read(asked.call(), asked.body());
        if (body == null) {
            return;
        }
        editor.change(
                asked.call(),
                asked.caller(),
                () -> {
                    Fields fields = Fields.of(body);
                    long seen = fields.limit("version");
                    Edit edit = alteration.edit(fields);
                    if (edit instanceof Edit.Wanted wanted) {
                        ClientError wrong = fields.wrong();
                        if (wrong != null) {
                            return new Edit.Refused(wrong);
                        }
                        if (seen > 0 && seen != wanted.seen()) {
                            return Edit.Refused.conflict(
                                    "version", "It is at version " + wanted.seen() + " now: look again.");
                        }
                    }
                    return edit;
                },
                done -> {
                    if (!asked.call().response().closed()) {
                        asked.call().json(status, Json.bytes(answer.apply(done)));
                    }
                });
    }

    void notFound(Served.Asked asked, String what) {
        editor.refuse(asked.call(), Edit.Refused.notFound(what).error());
    }

    /** Answers with a page of what there is: {@code limit} of them behind {@code after}. */
    <E extends Control.Entity> void page(Served.Asked asked, Scope scope, List<E> all, Function<E, ObjectNode> view) {
        int limit = KeyPages.number(asked.call().http().params(), "limit", PAGE, LARGEST_PAGE);
        String after = asked.query("after");
        List<E> rest = all;
        if (after != null) {
            int at = 0;
            while (at < all.size() && !all.get(at).id().equals(after)) {
                at++;
            }
            rest = all.subList(Math.min(at + 1, all.size()), all.size());
        }
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(scope);
        rest.stream().limit(limit).forEach(entity -> {
            ObjectNode one = view.apply(entity);
            shown.add(one);
            spent.add(entity.id(), one);
        });
        ObjectNode answer = Json.object();
        answer.set("data", shown);
        answer.put("has_more", rest.size() > limit);
        answer.put("total", all.size());
        spending.answer(asked.call(), answer, spent);
    }

    /** Answers with one. */
    void one(Served.Asked asked, Scope scope, String id, ObjectNode view) {
        spending.answer(asked.call(), view, new Spending.Of(scope).add(id, view));
    }

    static boolean matches(Served.Asked asked, String name, @Nullable String value) {
        String wanted = asked.query(name);
        return wanted == null || wanted.equals(value);
    }

    /** Epoch milliseconds of an instant in ISO 8601. */
    static long instant(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    /** The word of an action that the path ends with. */
    static Command.Action blocking(boolean blocked) {
        return blocked ? Command.Action.BLOCK : Command.Action.UNBLOCK;
    }
}
