package dev.laneway.runtime.control;

import dev.laneway.runtime.config.GatewayConfig;
import java.util.Objects;

/**
 * The config that the control topic put in force.
 *
 * @param version of the control entity: grows with each change
 * @param config the config, parsed
 */
public record ConfigInForce(long version, GatewayConfig config) {
    public ConfigInForce {
        Objects.requireNonNull(config, "config");
    }
}
