package dev.laneway.accounting;

import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.runtime.config.SecretText;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is accounting's own.
 *
 * @param config where the config comes from
 * @param showMasterKey is given a generated master key once, when its hash is in force: at the first start without one in the
 *     environment or the config, and never again. Called on an event loop; the key is not to be logged
 */
public record AccountingSettings(ConfigFeed config, Consumer<SecretText> showMasterKey) {
    public AccountingSettings {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(showMasterKey, "showMasterKey");
    }
}
