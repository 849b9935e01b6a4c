package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigStart;
import dev.laneway.runtime.config.ConfigWatcher;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.LastGoodCopy;
import java.nio.file.Path;

/** Where the config comes from. */
public interface ConfigFeed {
    /** What there is at the start. Blocks; never called on an event loop. */
    ConfigStart start();

    /**
     * Tells of each change from now on, on a thread of its own, within two seconds.
     *
     * @param version the content that is in force: the same again is no change
     * @return stops it
     */
    Runnable watch(String version, ConfigWatcher.Listener listener);

    /** Keeps a config that came in force as this machine's last good one, and its text; a failure is logged, not thrown. Blocks. */
    void keep(ConfigResult.Valid config);

    /** A file that is watched, with the last good copy for when its disk or mount is away, and the history beside that. */
    static ConfigFeed file(Path file, LastGoodCopy copy, ConfigLoader loader, Environment environment) {
        return new FileFeed(file, copy, loader, environment);
    }

    /** A config that was made for this start and never changes, such as the one of a start without a file. */
    static ConfigFeed fixed(ConfigResult.Valid config) {
        return new FixedFeed(config);
    }
}
