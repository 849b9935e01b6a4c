package dev.laneway.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Requests without messages or a prompt, by which clients load a model into a server's memory, or unload it. */
public final class ModelLoad {
    private ModelLoad() {}

    /**
     * What a client of the gateway is told, as a server would tell it: one JSON object, streamed or not.
     *
     * @param dialect either of Ollama's
     * @param body the request, which was accepted; its {@code keep_alive} tells loading from unloading
     */
    public static byte[] answer(Dialect dialect, byte[] body, String model, Instant now) {
        var out = new ByteText(160).ascii("{\"model\":").quoted(model);
        out.ascii(",\"created_at\":").quoted(now.toString());
        out.ascii(
                dialect == Dialect.OLLAMA_GENERATE
                        ? ",\"response\":\"\""
                        : ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}");
        return out.ascii(",\"done\":true,\"done_reason\":")
                .quoted(unloads(body) ? "unload" : "load")
                .ascii("}")
                .take();
    }

    private static boolean unloads(byte[] body) {
        var at = new JsonCursor().reset(body, 0, body.length);
        var unloads = false;
        if (at.enterObject()) {
            while (at.nextMember()) {
                var isKeepAlive = at.keyIs("keep_alive");
                at.skipValue();
                if (isKeepAlive) {
                    JsonNode value = Json.tree(Arrays.copyOfRange(body, at.valueStart(), at.valueEnd()));
                    unloads = value != null && KeepAlive.isZero(value);
                }
            }
        }
        return unloads;
    }

    /** Loads a model of chats: a request without messages. Options and {@code keep_alive} may be added to its body. */
    public static UpstreamCall chat(Target target) {
        return OllamaChatOutbound.post(
                target, "/api/chat", Json.bytes(Json.object().put("model", target.model())), List.of());
    }

    /** Loads a model of embeddings: a request without input. */
    public static UpstreamCall embed(Target target) {
        var body = Json.object().put("model", target.model());
        body.putArray("input");
        return OllamaChatOutbound.post(target, "/api/embed", Json.bytes(body), List.of());
    }
}
