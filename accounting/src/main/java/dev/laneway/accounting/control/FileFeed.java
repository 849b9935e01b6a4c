package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigHistory;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.SecretText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's file. */
final class FileFeed implements ConfigFeed {
    private static final Logger LOG = LoggerFactory.getLogger(FileFeed.class);

    private final Path file;
    private final LastGoodCopy copy;
    private final ConfigHistory history;
    private final ConfigLoader loader;
    private final Environment environment;
    private final Consumer<String> log;
    private final AtomicBoolean saidSecret = new AtomicBoolean();

    FileFeed(Path file, LastGoodCopy copy, ConfigLoader loader, Environment environment) {
        this(file, copy, loader, environment, LOG::warn);
    }

    /** @param log what the operator should read; never a secret */
    FileFeed(Path file, LastGoodCopy copy, ConfigLoader loader, Environment environment, Consumer<String> log) {
        this.file = Objects.requireNonNull(file, "file");
        this.copy = Objects.requireNonNull(copy, "copy");
        this.history = copy.history();
        this.loader = Objects.requireNonNull(loader, "loader");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.log = Objects.requireNonNull(log, "log");
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
            log.accept("the last good copy of the config could not be kept at " + copy.path() + ": " + e);
        }
        try {
            SecretText source = config.source();
            if (history.keep(config) == ConfigHistory.Kept.SECRET && source != null && !saidSecret.getAndSet(true)) {
                log.accept(file + " is not kept for config history and rollback: it holds a secret"
                        + ConfigHistory.secretPlace(source.reveal()) + ", or what looks like one. Put it into"
                        + " the environment and write os.environ/NAME");
            }
        } catch (IOException e) {
            log.accept("the config's text could not be kept in " + history.path() + ": " + e);
        }
    }
}
