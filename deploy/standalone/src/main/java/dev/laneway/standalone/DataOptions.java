package dev.laneway.standalone;

import dev.laneway.runtime.config.Environment;
import dev.laneway.services.ServicesConfig;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the embedded servers keep their data. */
final class DataOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the data; a restart finds it again. Default: .laneway beside the launcher.")
    @Nullable
    Path dataDir;

    @Option(names = "--ephemeral", description = "Keep nothing: a temporary folder that goes with the process.")
    boolean ephemeral;

    /** The folder, whether or not it is used. */
    Path folder(Environment environment) {
        return folder(dataDir, environment);
    }

    /** The folder that {@code --data-dir} names, or the default. */
    static Path folder(@Nullable Path dataDir, Environment environment) {
        if (dataDir != null) {
            return dataDir.toAbsolutePath().normalize();
        }
        String home = Objects.requireNonNullElse(environment.get("LANEWAY_HOME"), ".laneway");
        return Path.of(home, "data").toAbsolutePath().normalize();
    }

    ServicesConfig services(Environment environment) throws StartFailed {
        if (dataDir != null && ephemeral) {
            throw new StartFailed("--data-dir and --ephemeral exclude each other");
        }
        return new ServicesConfig(
                folder(environment),
                ephemeral,
                environment.get("KAFKA_BOOTSTRAP_SERVERS"),
                ServersFromEnvironment.database(environment),
                ServersFromEnvironment.redis(environment));
    }
}
