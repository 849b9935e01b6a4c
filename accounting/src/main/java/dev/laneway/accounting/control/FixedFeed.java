package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import java.util.Objects;

/** A config without a file: nothing to watch, nothing to keep. */
record FixedFeed(ConfigResult.Valid config) implements ConfigFeed {
    FixedFeed {
        Objects.requireNonNull(config, "config");
    }

    @Override
    public ConfigStart start() {
        return new ConfigStart.FromFile(config);
    }

    @Override
    public Runnable watch(String version, ConfigWatcher.Listener listener) {
        return () -> {};
    }

    @Override
    public void keep(ConfigResult.Valid inForce) {}
}
