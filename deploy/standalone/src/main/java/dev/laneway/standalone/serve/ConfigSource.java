package dev.laneway.standalone.serve;

import dev.laneway.accounting.control.ConfigFeed;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.SecretValues;
import java.util.List;

/**
 * A feed that remembers the literal secrets of its newest valid content, before anybody learns of that content; they never leave the
 * process. Safe on any thread.
 */
final class ConfigSource implements ConfigFeed {
    private final ConfigFeed feed;
    private volatile SecretValues literals = SecretValues.NONE;

    ConfigSource(ConfigFeed feed) {
        this.feed = feed;
    }

    /** The literal secrets of the content that was read last and valid. */
    SecretValues literals() {
        return literals;
    }

    @Override
    public ConfigStart start() {
        ConfigStart start = feed.start();
        literals = switch (start) {
            case ConfigStart.FromFile from -> from.valid().literals();
            case ConfigStart.FromLastGood from -> from.valid().literals();
            case ConfigStart.Refused refused -> SecretValues.NONE;
        };
        return start;
    }

    @Override
    public Runnable watch(String version, ConfigWatcher.Listener listener) {
        return feed.watch(version, new ConfigWatcher.Listener() {
            @Override
            public void changed(ConfigResult.Valid valid) {
                literals = valid.literals();
                listener.changed(valid);
            }

            @Override
            public void refused(List<Problem> problems) {
                listener.refused(problems);
            }
        });
    }

    /** For a role alone, which publishes nothing: only keeps the literal secrets current. */
    Runnable watchLiterals() {
        String version = switch (start()) {
            case ConfigStart.FromFile from -> from.valid().config().version();
            case ConfigStart.FromLastGood from -> from.valid().config().version();
            case ConfigStart.Refused refused -> "";
        };
        return watch(version, new ConfigWatcher.Listener() {
            @Override
            public void changed(ConfigResult.Valid valid) {}

            @Override
            public void refused(List<Problem> problems) {}
        });
    }

    @Override
    public void keep(ConfigResult.Valid config) {
        feed.keep(config);
    }
}
