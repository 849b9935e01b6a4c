package dev.laneway.accounting.control;

import dev.laneway.runtime.config.ConfigResult;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the config comes from. */
public interface ConfigFeed {
    /** Reads it now. Blocks; never called on an event loop. */
    ConfigResult read();

    /**
     * Calls with what became of each change from now on, on any thread, a second or two after it.
     *
     * @return stops it
     */
    Runnable watch(Consumer<ConfigResult> onChange);

    /** The config that was last in force on this machine. Blocks. */
    Optional<ConfigResult.Valid> lastGood();

    /** Keeps a config as the last good one; a failure is logged, not thrown. Blocks. */
    void keep(ConfigResult.Valid config);
}
