package dev.laneway.runtime.config;

import dev.laneway.contracts.Zone;
import java.util.Objects;

/**
 * An entry of {@code model_list} that can't be called, kept so that it is shown and not silently dropped.
 *
 * @param model as the file has it, such as {@code bedrock/anthropic.claude-v2}
 * @param zone {@link Zone#CLOUD} where it isn't known to be local, so that the privacy rules don't depend on what is missing
 * @param reason one sentence, without a secret
 */
public record OutOfService(String model, Zone zone, String reason) {
    public OutOfService {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(reason, "reason");
    }
}
