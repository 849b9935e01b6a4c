package dev.laneway.ingress.ollama;

import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.ollama.ModelLoad;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.runtime.config.GatewayConfig;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/chat} and {@code /api/generate}. A call that says nothing, by which clients load a model before they need it, is
 * answered from here, as a server would answer it: workers keep models loaded, not clients.
 */
public final class OllamaCalls implements FrontDoor.Taker {
    private final FrontDoor.Taker chat;
    private final Supplier<@Nullable GatewayConfig> config;
    private final MemoryBudget memory;

    /** @param chat takes what asks for an answer */
    public OllamaCalls(FrontDoor.Taker chat, Supplier<@Nullable GatewayConfig> config, MemoryBudget memory) {
        this.chat = chat;
        this.config = config;
        this.memory = memory;
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        GatewayConfig now = config.get();
        if (now == null) {
            return Rejection.of(Refusal.NOT_READY, call);
        }
        String name = OllamaNames.meant(asked.model(), now);
        if (now.route(name).isEmpty()) {
            return OllamaNames.unknown(call, asked.model());
        }
        if (asked.messageCount() > 0) {
            return chat.take(call, caller, body, named(asked, name));
        }
        Instant since = Instant.ofEpochMilli(call.startedAt());
        call.json(200, ModelLoad.answer(call.dialect().id(), body, asked.model(), since));
        memory.release(body.length);
        return null;
    }

    private static Inspected named(Inspected asked, String name) {
        return name.equals(asked.model()) ? asked : asked.of(name);
    }
}
