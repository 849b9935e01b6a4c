package dev.laneway.standalone.config;

import dev.laneway.runtime.config.ConfigHistory;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.FileHistory;
import dev.laneway.standalone.servers.DataOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which file, and where its history is. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HistoryOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The config file, as it was named to up or run accounting.")
    Path config;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "As it was given to up. Default: .laneway beside the launcher, also for run accounting.")
    @Nullable
    Path dataDir;

    /** @param acceptUnenforced as for {@code up} */
    FileHistory open(boolean acceptUnenforced) {
        Environment environment = Environment.system();
        Path state = DataOptions.folder(dataDir, environment).resolveSibling("state");
        return new FileHistory(
                config,
                ConfigHistory.of(state, config),
                new ConfigLoader(new CatalogueProviders(), acceptUnenforced),
                environment);
    }

    /** Where it was looked, and what would be there. */
    String nothingKept(FileHistory files) {
        return "nothing is kept of " + config + " in "
                + files.history().path()
                + ". up and run accounting keep each version that comes into force, unless it holds a secret; where up has a"
                + " --data-dir, give the same one here.";
    }
}
