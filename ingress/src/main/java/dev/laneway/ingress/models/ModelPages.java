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

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}, in the shape that the call's dialect has them. */
public final class ModelPages {
    private final FrontDoor door;
    private final Supplier<@Nullable GatewayConfig> config;

    public ModelPages(FrontDoor door, Supplier<@Nullable GatewayConfig> config) {
        this.door = door;
        this.config = config;
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
        switch (call.dialect().id()) {
            case OPENAI_CHAT,
                    OPENAI_RESPONSES,
                    OPENAI_COMPLETIONS,
                    OPENAI_EMBEDDINGS,
                    OLLAMA_CHAT,
                    OLLAMA_GENERATE,
                    OLLAMA_EMBED -> answer(call, OpenAiModels.list(visible, now));
            case ANTHROPIC_MESSAGES ->
                answer(
                        call,
                        AnthropicModels.page(
                                visible,
                                call.http().getParam("limit"),
                                call.http().getParam("after_id"),
                                call.http().getParam("before_id")),
                        "limit");
            case GEMINI ->
                answer(
                        call,
                        GeminiModels.page(
                                visible,
                                call.http().getParam("pageSize"),
                                call.http().getParam("pageToken")),
                        "pageSize");
        }
    }

    /** @param page null where the size that was asked for is none */
    private void answer(Call call, @Nullable JsonObject page, String size) {
        if (page == null) {
            ClientError wrong = ClientError.invalid(size, null, size + " is a number from 1 to 1000.");
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
            answer(
                    call,
                    switch (call.dialect().id()) {
                        case OPENAI_CHAT,
                                OPENAI_RESPONSES,
                                OPENAI_COMPLETIONS,
                                OPENAI_EMBEDDINGS,
                                OLLAMA_CHAT,
                                OLLAMA_GENERATE,
                                OLLAMA_EMBED -> OpenAiModels.one(name, route, now);
                        case ANTHROPIC_MESSAGES -> AnthropicModels.one(name);
                        case GEMINI -> GeminiModels.one(route, name);
                    });
        }
    }

    private static void answer(Call call, JsonObject body) {
        call.json(200, body.encode().getBytes(StandardCharsets.UTF_8));
    }
}
