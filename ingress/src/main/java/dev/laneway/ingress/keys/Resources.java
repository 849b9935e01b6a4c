package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What our own resources have in common: pages of lists, and changes by the version that the asker saw. One event loop. */
final class Resources {
    static final int LARGEST_PAGE = 1_000;
    private static final int PAGE = 100;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Editor editor;
    private final Spending spending;

    Resources(Editor editor, Spending spending) {
        this.editor = editor;
        this.spending = spending;
    }

    Editor editor() {
        return editor;
    }

    /**
     * Does what a body describes.
     *
     * @param status of the answer
     * @param answer what the entity in force is shown as
     */
    void change(
            Served.Asked asked,
            int status,
            Function<Fields, Edit> alteration,
            Function<Control.Entity, ObjectNode> answer) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        editor.change(
                asked,
                body,
                fields -> {
                    long seen = fields.version();
                    Edit edit = alteration.apply(fields);
                    return edit instanceof Edit.Wanted wanted && seen > 0 && seen != wanted.seen()
                            ? Edit.Refused.conflict(
                                    "version", "It is at version " + wanted.seen() + " now: look again.")
                            : edit;
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

    /** Shows an entity, and has it said what it spent. */
    @FunctionalInterface
    interface View<E> {
        ObjectNode of(E entity, Spending.Of spent);
    }

    /**
     * Answers with a page of what there is: {@code limit} of them behind {@code after}, which may have been deleted since.
     *
     * @param find one by its id, deleted or not, which the caller may see: else a page would tell that it is there
     * @param order of the list
     */
    <E extends Control.Entity> void page(
            Served.Asked asked,
            Scope scope,
            List<E> all,
            Function<String, @Nullable E> find,
            Comparator<E> order,
            View<E> view) {
        Integer limit = editor.number(asked, "limit", PAGE, LARGEST_PAGE);
        if (limit == null) {
            return;
        }
        String after = asked.query("after");
        E last = after == null ? null : find.apply(after);
        if (after != null && last == null) {
            editor.refuse(asked.call(), ClientError.invalid("after", null, "after is the last id of an earlier page."));
            return;
        }
        List<E> rest = (last == null ? all.stream() : all.stream().filter(entity -> order.compare(entity, last) > 0))
                .limit(limit + 1L)
                .toList();
        ArrayNode shown = Json.array();
        Spending.Of spent = new Spending.Of(scope);
        rest.stream().limit(limit).forEach(entity -> shown.add(view.of(entity, spent)));
        ObjectNode answer = Json.object();
        answer.set("data", shown);
        answer.put("has_more", rest.size() > limit);
        answer.put("total", all.size());
        spending.answer(asked.call(), answer, spent);
    }

    static boolean matches(Served.Asked asked, String name, @Nullable String value) {
        String wanted = asked.query(name);
        return wanted == null || wanted.equals(value);
    }

    /** Epoch milliseconds of an instant in ISO 8601, from 1970 to 9999. */
    static long instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
            throw new DateTimeException("an instant from 1970 to 9999");
        }
        return instant.toEpochMilli();
    }

    /** The word of an action that the path ends with. */
    static Command.Action blocking(boolean blocked) {
        return blocked ? Command.Action.BLOCK : Command.Action.UNBLOCK;
    }
}
