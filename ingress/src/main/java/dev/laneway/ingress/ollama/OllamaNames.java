package dev.laneway.ingress.ollama;

import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.config.GatewayConfig;

/** Names of models as Ollama's clients write them. */
final class OllamaNames {
    private static final String LATEST = ":latest";
    private static final int SHOWN_CHARS = 100;

    private OllamaNames() {}

    /** The route's name that a client means: without {@code :latest}, unless a route has it. */
    static String meant(String name, GatewayConfig config) {
        if (!name.endsWith(LATEST) || config.routes().containsKey(name)) {
            return name;
        }
        String bare = name.substring(0, name.length() - LATEST.length());
        boolean listed = config.routes().containsKey(bare);
        return listed || (config.route(name).isEmpty() && config.route(bare).isPresent()) ? bare : name;
    }

    /** Nothing that a client may call has that name: in Ollama's words, which its clients look for. */
    static Rejection unknown(Call call, String name) {
        String shown = name.length() <= SHOWN_CHARS ? name : name.substring(0, SHOWN_CHARS) + "...";
        return Rejection.of(
                Refusal.UNKNOWN_MODEL,
                call,
                new ClientError(
                        404,
                        ClientError.INVALID_REQUEST,
                        "model_not_found",
                        "model",
                        "model '" + shown + "' not found",
                        ""));
    }
}
