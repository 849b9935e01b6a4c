package dev.laneway.ingress.ollama;

import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/tags}, {@code /api/version} and {@code /api/ps}, and {@code POST /api/show} (as a {@link FrontDoor.Taker}). Nothing is
 * loaded in a gateway, so {@code ps} lists nothing.
 */
public final class OllamaPages implements FrontDoor.Taker {
    /** Of the server whose API this is; clients decide by it what they may use. */
    private static final String VERSION = "0.32.15";

    private final FrontDoor door;
    private final Supplier<@Nullable GatewayConfig> config;
    private final MemoryBudget memory;

    public OllamaPages(FrontDoor door, Supplier<@Nullable GatewayConfig> config, MemoryBudget memory) {
        this.door = door;
        this.config = config;
        this.memory = memory;
    }

    /** Lists what clients may call. */
    public void tags(Call call, Caller caller) {
        GatewayConfig now = config.get();
        if (now == null) {
            door.refuse(call, Rejection.of(Refusal.NOT_READY, call));
            return;
        }
        JsonArray models = new JsonArray();
        now.routes().values().stream()
                .filter(route -> route.visible() && caller.mayCall(route.name()))
                .map(route -> new ModelCard(route.name(), route, now).listed())
                .forEach(models::add);
        answer(call, new JsonObject().put("models", models));
    }

    public void version(Call call, Caller caller) {
        answer(call, new JsonObject().put("version", VERSION));
    }

    /** What is loaded. */
    public void loaded(Call call, Caller caller) {
        answer(call, new JsonObject().put("models", new JsonArray()));
    }

    /** Reads {@code model}, or {@code name} as older clients call it. */
    @Override
    public Inspection inspect(CallerDialect dialect, byte[] body) {
        return BodyReader.read(body, reader -> {
            String[] named = new String[1];
            reader.distinctFields(field -> {
                if ((field.equals("model") || field.equals("name")) && !reader.isNull()) {
                    String text = reader.text();
                    named[0] = text.isEmpty() ? named[0] : text;
                } else {
                    reader.skip();
                }
            });
            if (named[0] == null) {
                throw reader.missing("model");
            }
            return new Inspected(named[0], false, false, 0, Set.of(), 0, 0, null);
        });
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        GatewayConfig now = config.get();
        if (now == null) {
            return Rejection.of(Refusal.NOT_READY, call);
        }
        String name = OllamaNames.meant(asked.model(), now);
        Route route = now.route(name).orElse(null);
        if (route == null || !caller.mayCall(name)) {
            return OllamaNames.unknown(call, asked.model());
        }
        answer(call, new ModelCard(name, route, now).shown());
        memory.release(body.length);
        return null;
    }

    private static void answer(Call call, JsonObject body) {
        call.json(200, body.encode().getBytes(StandardCharsets.UTF_8));
    }
}
