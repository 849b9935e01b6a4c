package dev.laneway.runtime.config.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three blocks as one.
 *
 * @param timeout of a deployment that has none of its own
 * @param streamTimeout likewise, for streamed answers
 * @param defaults request fields for all deployments
 * @param keys of clients
 * @param trustedProxies whose word on addresses of clients is taken
 * @param maxParallel calls under way at once from one worker, of a deployment that doesn't say
 * @param ratesAreLimits no calls are made beyond a deployment's {@code rpm} and {@code tpm}, which else only share out load
 */
public record Settings(
        RouterSettings router,
        Limits limits,
        Duration timeout,
        Duration streamTimeout,
        Map<String, JsonNode> defaults,
        List<Alias> aliases,
        List<FileKey> keys,
        List<String> trustedProxies,
        boolean exposeModels,
        boolean ratesAreLimits,
        @Nullable Integer maxParallel,
        @Nullable SecretRef masterKey) {
    public Settings {
        defaults = Map.copyOf(defaults);
        aliases = List.copyOf(aliases);
        keys = List.copyOf(keys);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
