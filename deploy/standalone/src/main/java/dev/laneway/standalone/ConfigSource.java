package dev.laneway.standalone;

import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.SecretValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this process's config comes from: a file that is watched, or a text made at start. Remembers the literal secrets of the newest
 * valid content, which never leave the process. Safe on any thread.
 */
final class ConfigSource implements ConfigFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigSource.class);

    private final @Nullable Path file;
    private final String text;
    private final ConfigLoader loader;
    private final Environment environment;
    private final LastGoodCopy copy;
    private volatile SecretValues literals = SecretValues.NONE;
    private volatile String version = "";

    private ConfigSource(
            @Nullable Path file, String text, ConfigLoader loader, Environment environment, Path stateFolder) {
        this.file = file;
        this.text = text;
        this.loader = loader;
        this.environment = environment;
        this.copy = new LastGoodCopy(stateFolder);
    }

    static ConfigSource ofFile(Path file, ConfigLoader loader, Environment environment, Path stateFolder) {
        return new ConfigSource(file, "", loader, environment, stateFolder);
    }

    static ConfigSource ofText(String text, ConfigLoader loader, Environment environment, Path stateFolder) {
        return new ConfigSource(null, text, loader, environment, stateFolder);
    }

    /** The literal secrets of the content that was read last and valid. */
    SecretValues literals() {
        return literals;
    }

    @Override
    public ConfigResult read() {
        return noted(
                file == null
                        ? loader.parse(text, "built-in config", environment)
                        : loader.load(file, environment));
    }

    @Override
    public Runnable watch(Consumer<ConfigResult> onChange) {
        if (file == null) {
            return () -> {};
        }
        ConfigWatcher watcher = new ConfigWatcher(file, loader, environment, version, new ConfigWatcher.Listener() {
            @Override
            public void changed(ConfigResult.Valid valid) {
                onChange.accept(noted(valid));
            }

            @Override
            public void refused(List<Problem> problems) {
                onChange.accept(new ConfigResult.Invalid(problems));
            }
        });
        watcher.start();
        return watcher::close;
    }

    @Override
    public Optional<ConfigResult.Valid> lastGood() {
        return copy.read(loader, environment);
    }

    @Override
    public void keep(ConfigResult.Valid config) {
        try {
            copy.save(config);
        } catch (IOException e) {
            LOG.warn("the last good config can't be kept at {}: {}", copy.path(), e.getMessage());
        }
    }

    private ConfigResult noted(ConfigResult result) {
        if (result instanceof ConfigResult.Valid valid) {
            literals = valid.literals();
            version = valid.config().version();
        }
        return result;
    }
}
