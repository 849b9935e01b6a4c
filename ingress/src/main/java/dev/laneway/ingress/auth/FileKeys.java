package dev.laneway.ingress.auth;

import dev.laneway.contracts.Role;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.config.GatewayConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The callers whose keys the config in force has, by digest. Written by one thread, read on any. */
public final class FileKeys {
    private volatile Map<String, Caller> callers = Map.of();

    /** Puts the keys of a config in force in place of those before. */
    public void put(GatewayConfig config) {
        Map<String, Caller> now = new HashMap<>();
        for (FileKey key : config.keys()) {
            now.put(key.sha256(), new Caller(key.owner(), key.terms().models(), null, Role.MEMBER));
        }
        callers = Map.copyOf(now);
    }

    /** Whether there is any. */
    boolean isEmpty() {
        return callers.isEmpty();
    }

    /** Whose key it is; null where it is nobody's. What is looked up is a digest, so the time that it takes tells nothing of a key. */
    @Nullable
    Caller find(String presented) {
        return callers.get(FileKey.digest(presented));
    }
}
