package dev.laneway.ingress.models;

import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/models} and {@code GET /v1/models/{id}}. In the shape of Anthropic's API for a client that sends {@code
 * anthropic-version}, else in that of OpenAI's.
 */
public final class ModelPages {
    private final FrontDoor door;
    private final Supplier<@Nullable GatewayConfig> config;

    public ModelPages(FrontDoor door, Supplier<@Nullable GatewayConfig> config) {
        this.door = door;
        this.config = config;
    }

    /** Whether a call wants Anthropic's shape. */
    public static boolean anthropic(Call call) {
        return call.http().headers().contains("anthropic-version");
    }

    /** Lists what the caller may call. */
    public void list(Call call, Caller caller) {
        GatewayConfig now = config.get();
        if (now == null) {
            door.refuse(call, Rejection.of(Refusal.NOT_READY, call));
            return;
        }
        List<Route> visible = now.routes().values().stream()
                .filter(route -> route.visible() && caller.mayCall(route.name()))
                .toList();
        if (!anthropic(call)) {
            answer(call, OpenAiModels.list(visible, now));
            return;
        }
        JsonObject page = AnthropicModels.page(
                visible,
                call.http().getParam("limit"),
                call.http().getParam("after_id"),
                call.http().getParam("before_id"));
        if (page == null) {
            ClientError wrong = ClientError.invalid("limit", null, "limit is a number from 1 to 1000.");
            door.refuse(call, Rejection.of(Refusal.INVALID, call, wrong));
        } else {
            answer(call, page);
        }
    }

    /** Shows one; a name that isn't listed but may be called, such as one that fits a pattern, is there too. */
    public void one(Call call, Caller caller, String name) {
        GatewayConfig now = config.get();
        if (now == null) {
            door.refuse(call, Rejection.of(Refusal.NOT_READY, call));
            return;
        }
        Route route = now.route(name).orElse(null);
        if (route == null || !caller.mayCall(name)) {
            door.refuse(call, Rejection.unknownModel(call, name));
        } else {
            answer(call, anthropic(call) ? AnthropicModels.one(name) : OpenAiModels.one(name, route, now));
        }
    }

    private static void answer(Call call, JsonObject body) {
        call.json(200, body.encode().getBytes(StandardCharsets.UTF_8));
    }
}
