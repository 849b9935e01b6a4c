package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.changes.Change;
import dev.laneway.ingress.changes.Changes;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has an edit done, and the call answered when it is in force. Where something else has changed the entity meanwhile, the edit is worked
 * out again from what is there then, a few times. One event loop.
 */
final class Editor {
    /** Scripts that change one team at once are done, each in its turn. */
    private static final int TRIES = 48;
    /** LiteLLM's. */
    private static final String ON_BEHALF = "litellm-changed-by";

    private final FrontDoor door;
    private final Changes changes;

    Editor(FrontDoor door, Changes changes) {
        this.door = Objects.requireNonNull(door, "door");
        this.changes = Objects.requireNonNull(changes, "changes");
    }

    /**
     * Does it, or refuses the call.
     *
     * @param edit works it out from what is in force
     * @param then is given the entity that is in force then
     */
    void change(Call call, Caller caller, Supplier<Edit> edit, Consumer<Control.Entity> then) {
        attempt(call, caller, edit, then, rejection -> door.refuse(call, rejection), 0, TRIES);
    }

    /**
     * @param otherwise is given why it was not done
     * @param done changes that the call asked for and that are in force by now
     */
    private void attempt(
            Call call,
            Caller caller,
            Supplier<Edit> edit,
            Consumer<Control.Entity> then,
            Consumer<Rejection> otherwise,
            int done,
            int triesLeft) {
        switch (edit.get()) {
            case Edit.Refused refused -> otherwise.accept(rejection(call, refused.error()));
            case Edit.Wanted wanted -> {
                Future<Change> asked =
                        changes.ask(actor(call, caller), wanted.action(), wanted.seen(), wanted.entity());
                asked.onSuccess(change -> {
                    switch (change) {
                        case Change.InForce now -> then.accept(now.entity());
                        case Change.Conflict conflict -> {
                            if (triesLeft > 1) {
                                attempt(call, caller, edit, then, otherwise, done, triesLeft - 1);
                            } else {
                                otherwise.accept(Rejection.of(Refusal.CONFLICT, call));
                            }
                        }
                        case Change.Taken taken -> otherwise.accept(rejection(call, taken(taken.field())));
                        case Change.Unavailable away -> otherwise.accept(unavailable(call, done));
                    }
                });
            }
        }
    }

    private static Rejection unavailable(Call call, int done) {
        if (done == 0) {
            return Rejection.of(Refusal.CHANGES_AWAY, call);
        }
        ClientError plain = Refusal.CHANGES_AWAY.error(call.id());
        String message = "Changes can't be kept just now. The first " + done
                + " of those that this call asks for are in force, the others will not be done; look, and ask for the rest.";
        return Rejection.of(
                Refusal.CHANGES_AWAY,
                call,
                new ClientError(plain.status(), plain.type(), plain.code(), null, message, call.id()));
    }

    /**
     * Does what an object describes, or refuses the call.
     *
     * @param alteration works it out from the object's fields; what is wrong with them is found here
     */
    void change(Served.Asked asked, ObjectNode body, Function<Fields, Edit> alteration, Consumer<Control.Entity> then) {
        change(asked, body, alteration, then, 0);
    }

    /** @param done changes that the call asked for and that are in force by now */
    void change(
            Served.Asked asked,
            ObjectNode body,
            Function<Fields, Edit> alteration,
            Consumer<Control.Entity> then,
            int done) {
        attempt(
                asked.call(),
                asked.caller(),
                () -> edit(body, alteration),
                then,
                rejection -> door.refuse(asked.call(), rejection),
                done,
                TRIES);
    }

    /**
     * Does what an object describes, or says why not; the call is not answered.
     *
     * @param otherwise is given why it was not done
     */
    void change(
            Served.Asked asked,
            ObjectNode body,
            Function<Fields, Edit> alteration,
            Consumer<Control.Entity> then,
            Consumer<Rejection> otherwise) {
        attempt(asked.call(), asked.caller(), () -> edit(body, alteration), then, otherwise, 0, TRIES);
    }

    private static Edit edit(ObjectNode body, Function<Fields, Edit> alteration) {
        Fields fields = Fields.of(body);
        Edit edit = alteration.apply(fields);
        ClientError wrong = edit instanceof Edit.Wanted ? fields.wrong() : null;
        return wrong == null ? edit : new Edit.Refused(wrong);
    }

    /** Does several, one after the other; none where one of them would be refused as things are. */
    void changeAll(Served.Asked asked, List<Supplier<Edit>> edits, Runnable then) {
        changeAll(asked, edits, then, 0);
    }

    /** @param done changes that the call asked for and that are in force by now */
    void changeAll(Served.Asked asked, List<Supplier<Edit>> edits, Runnable then, int done) {
        for (Supplier<Edit> edit : edits) {
            if (edit.get() instanceof Edit.Refused refused) {
                refuse(asked.call(), refused.error());
                return;
            }
        }
        changeNext(asked, edits, then, done);
    }

    private void changeNext(Served.Asked asked, List<Supplier<Edit>> edits, Runnable then, int done) {
        if (edits.isEmpty()) {
            then.run();
        } else {
            attempt(
                    asked.call(),
                    asked.caller(),
                    edits.getFirst(),
                    one -> changeNext(asked, edits.subList(1, edits.size()), then, done + 1),
                    rejection -> door.refuse(asked.call(), rejection),
                    done,
                    TRIES);
        }
    }

    /** Who asks, for the audit log; an admin may say for whom. */
    static String actor(Call call, Caller caller) {
        String person = call.http().getHeader(ON_BEHALF);
        boolean said = person != null && caller.isAdmin() && person.matches("[ -~]{1,128}");
        return said ? caller.owner() + " for " + person : caller.owner();
    }

    static ClientError taken(@Nullable String field) {
        String name = field == null ? "value" : field;
        return new ClientError(
                409,
                ClientError.INVALID_REQUEST,
                "already_exists",
                name,
                "There is another one with this " + name + ".",
                "");
    }

    void refuse(Call call, ClientError error) {
        door.refuse(call, rejection(call, error));
    }

    private static Rejection rejection(Call call, ClientError error) {
        Refusal reason = switch (error.status()) {
            case 403 -> Refusal.FORBIDDEN;
            case 404 -> Refusal.NOT_FOUND;
            case 409 -> Refusal.CONFLICT;
            default -> Refusal.INVALID;
        };
        return Rejection.of(reason, call, error);
    }

    /** The object that a body is; null where it is none, which is said. */
    @Nullable
    ObjectNode read(Served.Asked asked) {
        ObjectNode object = Json.read(asked.body().getBytes());
        if (object == null) {
            refuse(
                    asked.call(),
                    ClientError.invalid(null, null, "The body is not a JSON object, or says a field twice."));
        }
        return object;
    }

    /** Whether a call has no parameters but these; else it is refused, since what it would be shown is not what it asked for. */
    boolean keepsTo(Served.Asked asked, Set<String> parameters) {
        for (String name : asked.call().http().params().names()) {
            String value = asked.query(name);
            if (!parameters.contains(name) && value != null && !value.equalsIgnoreCase("false")) {
                String shown = Fields.shown(name);
                refuse(
                        asked.call(),
                        ClientError.invalid(
                                shown, "unsupported_parameter", shown + " is not kept to here, so it is refused."));
                return false;
            }
        }
        return true;
    }

    /**
     * A parameter that is a number from 1 on; null where it is none, which is said.
     *
     * @param most what a larger one means
     */
    @Nullable
    Integer number(Served.Asked asked, String name, int unsaid, int most) {
        String text = asked.query(name);
        if (text == null) {
            return unsaid;
        }
        if (!text.matches("0*[1-9][0-9]{0,8}")) {
            refuse(asked.call(), ClientError.invalid(name, null, name + " is a whole number from 1 to 999999999."));
            return null;
        }
        return Math.min(most, Integer.parseInt(text));
    }

    static void answer(Call call, JsonNode body) {
        if (!call.response().closed()) {
            call.json(200, Json.bytes(body));
        }
    }
}
