package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.dialects.ClientError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What LiteLLM's {@code /team/...} and {@code /user/...} have in common. One event loop. */
final class KindPages<E extends Control.Entity> {
    private final Kind<E> kind;
    private final Editor editor;
    private final String id;

    KindPages(Kind<E> kind, Editor editor) {
        this.kind = kind;
        this.editor = editor;
        this.id = kind.word() + "_id";
    }

    /** Changes the one that is named. */
    void change(
            Served.Asked asked, Command.Action action, Kind.Alteration<E> alteration, Consumer<Control.Entity> then) {
        ObjectNode body = editor.read(asked);
        if (body != null) {
            editor.change(
                    asked,
                    body,
                    fields -> {
                        List<String> named = kind.named(asked.caller(), fields);
                        if (named.size() == 1) {
                            return kind.changed(asked.caller(), fields, named.getFirst(), action, alteration);
                        }
                        String which = named.isEmpty()
                                ? "which " + kind.word() + " to change."
                                : "what is said is so of several " + kind.word() + "s.";
                        return Edit.Refused.invalid(id, id + " is missing: " + which);
                    },
                    then);
        }
    }

    /** {@code .../update}: the answer has the changed one as {@code data}. */
    void update(Served.Asked asked) {
        change(asked, Command.Action.UPDATE, kind::litellm, done -> {
            ObjectNode answer = Json.object().put(id, done.id());
            ObjectNode info = kind.info(kind.of(done), kind.book.clock.getAsLong());
            answer.set("data", info);
            Spending.Of spent = new Spending.Of(kind.scope());
            kind.saySpent(spent, asked.caller(), kind.of(done), info, true);
            kind.book.spending.answer(asked.call(), answer, spent);
        });
    }

    /** {@code .../delete}: all that are named, or none where one is unknown. */
    void delete(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body == null) {
            return;
        }
        String named = id + "s";
        Fields fields = Fields.of(body);
        List<String> ids = Objects.requireNonNullElse(fields.texts(named), List.of());
        ClientError wrong = fields.wrong();
        if (wrong == null && ids.isEmpty()) {
            wrong = ClientError.invalid(named, null, named + " is missing: which to delete.");
        }
        if (wrong != null) {
            editor.refuse(asked.call(), wrong);
            return;
        }
        List<Supplier<Edit>> edits = new ArrayList<>();
        ids.forEach(each -> edits.add(() -> kind.changed(
                asked.caller(),
                Fields.of(Json.object()),
                each,
                Command.Action.DELETE,
                (none, was) -> kind.deleted(was))));
        editor.changeAll(
                asked,
                edits,
                () -> Editor.answer(asked.call(), Json.object().set("deleted_" + kind.word() + "s", Json.texts(ids))));
    }
}
