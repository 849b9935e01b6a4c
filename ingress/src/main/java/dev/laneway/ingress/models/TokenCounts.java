package dev.laneway.ingress.models;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/messages/count_tokens}, and Gemini's {@code :countTokens}, answered from here by the estimate that planning uses: a quarter of the body's bytes, and
 * 1,000 for each image or document. No vendor is asked, so it costs nothing and works for every route; it is rather high.
 */
public final class TokenCounts implements FrontDoor.Taker {
    private static final byte[] FIELD = "\"max_tokens\":1,".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<@Nullable GatewayConfig> config;
    private final MemoryBudget memory;

    public TokenCounts(Supplier<@Nullable GatewayConfig> config, MemoryBudget memory) {
        this.config = config;
        this.memory = memory;
    }

    @Override
    public @Nullable Rejection take(Call call, Caller caller, byte[] body, Inspected asked) {
        GatewayConfig now = config.get();
        if (now == null) {
            return Rejection.of(Refusal.NOT_READY, call);
        }
        if (now.route(asked.model()).isEmpty()) {
            return Rejection.unknownModel(call, asked.model());
        }
        if (!caller.mayCall(asked.model())) {
            return Rejection.forbiddenModel(call, asked.model());
        }
        long tokens = Math.max(1, asked.estimatedInputTokens());
        JsonObject answer =
                new JsonObject().put(call.dialect().id() == Dialect.GEMINI ? "totalTokens" : "input_tokens", tokens);
        call.json(200, answer.encode().getBytes(StandardCharsets.UTF_8));
        memory.release(body.length);
        return null;
    }

    /** A prompt to be counted is a message request without {@code max_tokens}, which a message request must have. */
    @Override
    public Inspection inspect(CallerDialect dialect, byte[] body) {
        Inspection asItIs = dialect.inspect(body);
        if (!(asItIs instanceof Inspection.Refused refused)
                || !"max_tokens".equals(refused.error().param())) {
            return asItIs;
        }
        int brace = 0;
        while (brace < body.length && body[brace] != '{') {
            brace++;
        }
        int at = Math.min(brace + 1, body.length);
        byte[] completed = new byte[body.length + FIELD.length];
        System.arraycopy(body, 0, completed, 0, at);
        System.arraycopy(FIELD, 0, completed, at, FIELD.length);
        System.arraycopy(body, at, completed, at + FIELD.length, body.length - at);
        return dialect.inspect(completed);
    }
}
