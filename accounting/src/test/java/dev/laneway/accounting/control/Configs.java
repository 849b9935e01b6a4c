package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Limits;
import dev.laneway.runtime.config.RouterSettings;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configs without content: what accounting does depends on their names alone. */
final class Configs {
    private Configs() {}

    static ConfigResult.Valid named(String version) {
        return named(version, null);
    }

    static ConfigResult.Valid named(String version, SecretRef masterKey) {
        GatewayConfig config = new GatewayConfig(
                version,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new RouterSettings(2, Duration.ZERO),
                new Limits(1_000, Duration.ofMinutes(1), null),
                false,
                masterKey);
        return new ConfigResult.Valid(config, List.of(), "text of " + version, SecretValues.NONE, null);
    }
}
