package dev.laneway.ingress;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Addressed;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Dialects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What addresses say that name a model before what is asked of it: Azure's {@code /openai/deployments/M/chat/completions}, and OpenAI's old
 * {@code /engines/M/completions}. A model's name may hold slashes, and may be percent-encoded.
 */
record DeploymentAddress(String model, CallerDialect dialect) {
    /** What stands before a model. */
    static final List<String> ROOTS = List.of("/openai/deployments", "/engines", "/v1/engines");

    /** What is asked for at the end of an address; of two that fit, the longer one comes first. */
    private enum Asked {
        CHAT("/chat/completions", Dialect.OPENAI_CHAT),
        COMPLETION("/completions", Dialect.OPENAI_COMPLETIONS),
        EMBEDDINGS("/embeddings", Dialect.OPENAI_EMBEDDINGS);

        private final String end;
        private final Dialect dialect;

        Asked(String end, Dialect dialect) {
            this.end = end;
            this.dialect = dialect;
        }
    }

    /** @return null where the path, behind its root, names no model or asks for nothing that is known */
    static @Nullable DeploymentAddress of(String path, String root) {
        for (Asked asked : Asked.values()) {
            int from = root.length() + 1;
            int to = path.length() - asked.end.length();
            if (path.endsWith(asked.end) && to > from) {
                return new DeploymentAddress(
                        GeminiAddress.decoded(path.substring(from, to)), Dialects.caller(asked.dialect));
            }
        }
        return null;
    }

    Addressed addressed() {
        return new Addressed(model, false);
    }
}
