package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

/** {@code /v1/teams} and {@code /v1/users}. One event loop. */
final class KindResource<E extends Control.Entity> {
    private final Kind<E> kind;
    private final Resources resources;

    KindResource(Kind<E> kind, Resources resources) {
        this.kind = kind;
        this.resources = resources;
    }

    List<Served> served() {
        String all = "/v1/" + kind.word() + "s";
        String one = all + "/:id";
        return List.of(
                Served.get(all, this::list),
                Served.post(all, this::create),
                Served.get(one, this::show),
                new Served(HttpMethod.PATCH, one, asked -> change(asked, Command.Action.UPDATE, kind::ours)),
                new Served(
                        HttpMethod.DELETE,
                        one,
                        asked -> change(asked, Command.Action.DELETE, (fields, was) -> kind.deleted(was))),
                Served.post(one + "/block", asked -> block(asked, true)),
                Served.post(one + "/unblock", asked -> block(asked, false)));
    }

    private void list(Served.Asked asked) {
        if (!resources.editor().keepsTo(asked, Set.of("limit", "after"))) {
            return;
        }
        resources.page(
                asked,
                kind.scope(),
                kind.seen(asked.caller()),
                id -> kind.ever(asked.caller(), id),
                kind.order,
                (entity, spent) -> view(asked, entity, spent));
    }

    private void show(Served.Asked asked) {
        E entity = kind.find(asked.caller(), asked.part("id"));
        if (entity == null) {
            resources.notFound(asked, "This " + kind.word());
            return;
        }
        Spending.Of spent = new Spending.Of(kind.scope());
        kind.book.spending.answer(asked.call(), view(asked, entity, spent), spent);
    }

    private ObjectNode view(Served.Asked asked, E entity, Spending.Of spent) {
        ObjectNode view = Views.of(entity);
        kind.saySpent(spent, asked.caller(), entity, view, false);
        return view;
    }

    private void create(Served.Asked asked) {
        String own = kind.book.nextId(kind.word());
        resources.change(asked, 201, fields -> kind.made(asked.caller(), fields, "id", own, kind::ours), Views::of);
    }

    private void block(Served.Asked asked, boolean blocked) {
        change(asked, Resources.blocking(blocked), (fields, was) -> kind.blocked(was, blocked));
    }

    private void change(Served.Asked asked, Command.Action action, Kind.Alteration<E> alteration) {
        resources.change(
                asked,
                200,
                fields -> kind.changed(asked.caller(), fields, asked.part("id"), action, alteration),
                Views::of);
    }
}
