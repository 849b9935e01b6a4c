package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Terms;
import dev.laneway.dialects.ClientError;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code /budget/...}: terms with a name. A key with a {@code budget_id} is held to them in what its own terms leave unsaid, also
 * after a change. One event loop.
 */
final class BudgetPages {
    private final KeyBook book;
    private final Editor editor;

    BudgetPages(KeyBook book, Editor editor) {
        this.book = book;
        this.editor = editor;
    }

    List<Served> served() {
        return List.of(
                Served.post("/budget/new", this::create),
                Served.post("/budget/update", this::update),
                Served.post("/budget/delete", this::delete),
                Served.post("/budget/info", this::info),
                Served.get("/budget/list", this::list));
    }

    private void create(Served.Asked asked) {
        String fresh = book.nextId("budget");
        change(asked, fields -> {
            String own = fields.id("budget_id");
            String id = own == null ? fresh : own;
            Control.Template before = book.directory.template(id);
            if (before != null && !before.deleted()) {
                return new Edit.Refused(Editor.taken("budget_id"));
            }
            Control.Template after = new Control.Template(
                    0, id, LiteLlmTerms.read(fields, Terms.NONE), false, null, book.clock.getAsLong());
            return new Edit.Wanted(Command.Action.CREATE, before == null ? 0 : before.version(), after);
        });
    }

    private void update(Served.Asked asked) {
        change(
                asked,
                fields -> edited(
                        fields, "budget_id", Command.Action.UPDATE, was -> LiteLlmTerms.read(fields, was.terms())));
    }

    private void delete(Served.Asked asked) {
        change(asked, fields -> edited(fields, "id", Command.Action.DELETE, Control.Template::terms));
    }

    private Edit edited(Fields fields, String field, Command.Action action, Function<Control.Template, Terms> terms) {
        String id = fields.id(field);
        if (id == null) {
            return Edit.Refused.invalid(field, field + " is missing: which budget.");
        }
        Control.Template was = find(id);
        return was == null
                ? Edit.Refused.notFound("This budget")
                : new Edit.Wanted(
                        action,
                        was.version(),
                        new Control.Template(
                                was.version(),
                                was.id(),
                                terms.apply(was),
                                action == Command.Action.DELETE,
                                null,
                                was.createdAt()));
    }

    private void change(Served.Asked asked, Function<Fields, Edit> alteration) {
        ObjectNode body = editor.read(asked);
        if (body != null && admitted(asked)) {
            editor.change(asked, body, alteration, done -> Editor.answer(asked.call(), shown((Control.Template) done)));
        }
    }

    private void info(Served.Asked asked) {
        ObjectNode body = editor.read(asked);
        if (body == null || !admitted(asked)) {
            return;
        }
        Fields fields = Fields.of(body);
        List<String> ids = Objects.requireNonNullElse(fields.texts("budgets"), List.of());
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            editor.refuse(asked.call(), wrong);
            return;
        }
        ArrayNode all = Json.array();
        ids.stream().map(this::find).filter(Objects::nonNull).forEach(budget -> all.add(shown(budget)));
        Editor.answer(asked.call(), all);
    }

    private void list(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        ArrayNode all = Json.array();
        book.directory.templates().stream()
                .filter(budget -> !budget.deleted())
                .sorted(Comparator.comparing(Control.Template::id))
                .forEach(budget -> all.add(shown(budget)));
        Editor.answer(asked.call(), all);
    }

    private boolean admitted(Served.Asked asked) {
        if (!asked.caller().isAdmin()) {
            editor.refuse(
                    asked.call(),
                    Edit.Refused.forbidden("Only an admin sees and changes budgets.")
                            .error());
        }
        return asked.caller().isAdmin();
    }

    private Control.@Nullable Template find(@Nullable String id) {
        Control.Template budget = id == null ? null : book.directory.template(id);
        return budget == null || budget.deleted() ? null : budget;
    }

    private ObjectNode shown(Control.Template budget) {
        return LiteLlmTerms.budget(budget, book.clock.getAsLong());
    }
}
