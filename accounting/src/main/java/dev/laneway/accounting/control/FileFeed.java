package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's file. */
record FileFeed(Path file, LastGoodCopy copy, ConfigLoader loader, Environment environment) implements ConfigFeed {
    private static final Logger LOG = LoggerFactory.getLogger(FileFeed.class);

    FileFeed {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(copy, "copy");
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(environment, "environment");
    }

    @Override
    public ConfigStart start() {
        return ConfigStart.of(file, copy, loader, environment);
    }

    @Override
    @SuppressWarnings("resource") // closed by the caller, with what is returned
    public Runnable watch(String version, ConfigWatcher.Listener listener) {
        ConfigWatcher watcher = new ConfigWatcher(file, loader, environment, version, listener);
        watcher.start();
        return watcher::close;
    }

    @Override
    public void keep(ConfigResult.Valid config) {
        try {
            copy.save(config);
        } catch (IOException e) {
            LOG.warn("the last good copy of the config could not be kept at {}: {}", copy.path(), e.toString());
        }
    }
}
