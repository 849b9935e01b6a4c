package dev.laneway.ingress.responses;

import dev.laneway.contracts.Zone;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.responses.ItemIds;
import dev.laneway.dialects.responses.StoredInput;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.call.ChatCalls;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.responses.ResponseStore.Stored;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls of the Responses API: puts in what they refer to, then they are calls like others. What was said on a route that stays
 * in the local zone is never put into a request that may leave it. One event loop.
 */
public final class ResponsesCalls implements FrontDoor.Taker {
    /** Earlier responses that the items of one call may be of. */
    private static final int MOST_SOURCES = 16;

    private final Vertx vertx;
    private final ChatCalls chat;
    private final ResponseStore store;
    private final FrontDoor door;
    private final MemoryBudget memory;
    private final LongSupplier maxBodyBytes;

    public ResponsesCalls(
            Vertx vertx,
            ChatCalls chat,
            ResponseStore store,
            FrontDoor door,
            MemoryBudget memory,
            LongSupplier maxBodyBytes) {
        this.vertx = vertx;
        this.chat = chat;
        this.store = store;
        this.door = door;
        this.memory = memory;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        StoredInput input = StoredInput.of(body);
        if (input.isWhole()) {
            return chat.take(call, caller, body, asked);
        }
        Map<String, String> sources = new HashMap<>();
        for (String item : input.references()) {
            String request = ItemIds.requestOfItem(item);
            if (request == null) {
                return Rejection.of(Refusal.INVALID, call, noItem(item));
            }
            sources.put(item, request);
        }
        Set<String> requests = new LinkedHashSet<>(sources.values());
        if (requests.size() > MOST_SOURCES) {
            return Rejection.of(
                    Refusal.INVALID,
                    call,
                    ClientError.invalid("input", "too_many_references", "Send items of so many responses whole."));
        }
        Map<String, Stored> found = new HashMap<>();
        before(caller, input)
                .compose(before -> items(caller, requests, found).map(before))
                .onComplete((before, cause) -> {
                    Rejection why;
                    try {
                        why = cause == null
                                ? found(call, caller, body, asked, input, before, sources, found)
                                : StoreFailure.rejection(call, cause);
                    } catch (RuntimeException defect) {
                        why = StoreFailure.rejection(call, defect);
                    }
                    if (why != null) {
                        memory.release(body.length);
                        door.refuse(call, caller, why);
                    }
                });
        return null;
    }

    private Future<Optional<Stored>> before(Caller caller, StoredInput input) {
        String previous = input.previous();
        return previous == null ? Future.succeededFuture(Optional.empty()) : store.find(caller, previous);
    }

    /** One after the other: each is a search of the log. */
    private Future<Void> items(Caller caller, Set<String> requests, Map<String, Stored> found) {
        Future<Void> all = Future.succeededFuture();
        for (String request : requests) {
            all = all.compose(before -> store.ofRequest(caller, request).map(stored -> {
                stored.ifPresent(one -> found.put(request, one));
                return null;
            }));
        }
        return all;
    }

    private @Nullable Rejection found(
            Call call,
            Caller caller,
            byte[] body,
            Inspected asked,
            StoredInput input,
            Optional<Stored> before,
            Map<String, String> sources,
            Map<String, Stored> found) {
        String previous = input.previous();
        if (previous != null && before.isEmpty()) {
            return Rejection.of(
                    Refusal.INVALID,
                    call,
                    ClientError.invalid(
                            "previous_response_id",
                            "previous_response_not_found",
                            "Previous response with id '" + previous + "' not found."));
        }
        Map<String, byte[]> items = new HashMap<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Stored stored = found.get(source.getValue());
            byte[] item = stored == null ? null : stored.response().item(source.getKey());
            if (item == null) {
                return Rejection.of(Refusal.INVALID, call, noItem(source.getKey()));
            }
            items.put(source.getKey(), item);
        }
        boolean local = before.map(stored -> stored.subject().zone() == Zone.LOCAL)
                        .orElse(false)
                || found.values().stream().anyMatch(stored -> stored.subject().zone() == Zone.LOCAL);
        if (local && chat.mayLeave(asked.model())) {
            return Rejection.of(Refusal.STAYS_LOCAL, call);
        }
        byte[] whole =
                input.whole(before.map(Stored::response).orElse(null), id -> items.getOrDefault(id, new byte[0]));
        if (whole.length > maxBodyBytes.getAsLong()) {
            return Rejection.of(Refusal.TOO_LARGE, call);
        }
        int more = whole.length - body.length;
        if (!memory.reserve(more)) {
            return Rejection.of(Refusal.MEMORY_FULL, call);
        }
        vertx.executeBlocking(() -> call.dialect().inspect(whole), false)
                .onComplete((inspection, defect) -> inspected(call, caller, whole, inspection, defect));
        return null;
    }

    private void inspected(
            Call call, Caller caller, byte[] whole, @Nullable Inspection inspection, @Nullable Throwable defect) {
        Rejection why;
        try {
            why = switch (inspection) {
                case null -> StoreFailure.rejection(call, defect == null ? new IllegalStateException() : defect);
                case Inspection.Refused(var error) -> Rejection.of(Refusal.INVALID, call, error);
                case Inspection.Accepted(var asked) ->
                    call.response().closed() ? Rejection.of(Refusal.GONE, call) : chat.take(call, caller, whole, asked);
            };
        } catch (RuntimeException bug) {
            why = StoreFailure.rejection(call, bug);
        }
        if (why != null) {
            memory.release(whole.length);
            door.refuse(call, caller, why);
        }
    }

    private static ClientError noItem(String id) {
        return ClientError.invalid("input", "item_not_found", "Item with id '" + id + "' not found.");
    }
}
