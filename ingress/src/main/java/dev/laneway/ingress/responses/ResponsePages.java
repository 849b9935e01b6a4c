package dev.laneway.ingress.responses;

import dev.laneway.contracts.Role;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.responses.ResponseStore.Stored;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /v1/responses/ID}: shown, deleted, its input listed. One event loop. */
public final class ResponsePages {
    private static final int MOST_ITEMS = 100;
    private static final int SOME_ITEMS = 20;
    private static final int SHOWN_CHARS = 100;

    private final FrontDoor door;
    private final ResponseStore store;

    public ResponsePages(FrontDoor door, ResponseStore store) {
        this.door = door;
        this.store = store;
    }

    /** The response as its client got it; its stream is not given again. */
    public void show(Call call, Caller caller, String id) {
        if ("true".equals(call.http().getParam("stream"))) {
            invalid(
                    call,
                    "stream",
                    "unsupported_parameter",
                    "A stored response is not streamed again: leave this out.");
        } else {
            with(call, caller, id, stored -> send(call, stored.response().json()));
        }
    }

    public void delete(Call call, Caller caller, String id) {
        if (caller.role() == Role.READ_ONLY) {
            door.refuse(call, Rejection.of(Refusal.READ_ONLY, call));
            return;
        }
        with(
                call,
                caller,
                id,
                stored -> store.delete(stored)
                        .onComplete(
                                done -> send(
                                        call,
                                        new JsonObject()
                                                .put("id", id)
                                                .put("object", "response")
                                                .put("deleted", true)
                                                .encode()
                                                .getBytes(StandardCharsets.UTF_8)),
                                cause -> door.refuse(call, StoreFailure.rejection(call, cause))));
    }

    /** What went in, latest first unless {@code order=asc}. */
    public void inputItems(Call call, Caller caller, String id) {
        int limit = limit(call.http().getParam("limit"));
        if (limit == 0) {
            invalid(call, "limit", "invalid_value", "limit: This must be between 1 and " + MOST_ITEMS + ".");
            return;
        }
        boolean ascending = "asc".equals(call.http().getParam("order"));
        String after = call.http().getParam("after");
        with(call, caller, id, stored -> send(call, stored.response().inputItems(ascending, after, limit)));
    }

    /** Only work in the background can be cancelled, and there is none. */
    public void cancel(Call call, Caller caller, String id) {
        with(
                call,
                caller,
                id,
                stored -> invalid(
                        call,
                        null,
                        "not_in_background",
                        "Only a response that runs in the background can be cancelled."));
    }

    private static int limit(@Nullable String said) {
        if (said == null) {
            return SOME_ITEMS;
        }
        int limit = said.matches("\\d{1,3}") ? Integer.parseInt(said) : 0;
        return limit > MOST_ITEMS ? 0 : limit;
    }

    private void with(Call call, Caller caller, String id, Consumer<Stored> then) {
        store.find(caller, id).onComplete((stored, cause) -> {
            if (cause != null) {
                door.refuse(call, StoreFailure.rejection(call, cause));
            } else if (stored.isEmpty()) {
                String shown = id.length() <= SHOWN_CHARS ? id : id.substring(0, SHOWN_CHARS) + "...";
                door.refuse(
                        call,
                        Rejection.of(
                                Refusal.UNKNOWN_RESPONSE,
                                call,
                                new ClientError(
                                        404,
                                        ClientError.INVALID_REQUEST,
                                        "response_not_found",
                                        null,
                                        "Response with id '" + shown + "' not found.",
                                        "")));
            } else {
                then.accept(stored.get());
            }
        });
    }

    private void invalid(Call call, @Nullable String param, String code, String message) {
        door.refuse(call, Rejection.of(Refusal.INVALID, call, ClientError.invalid(param, code, message)));
    }

    private static void send(Call call, byte[] json) {
        if (!call.response().closed()) {
            call.json(200, json);
        }
    }
}
