package dev.laneway.standalone.servers;

import dev.laneway.runtime.config.Environment;
import dev.laneway.services.ServicesConfig;
import dev.laneway.standalone.cli.StartFailed;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where the embedded servers keep their data. */
public final class DataOptions {
    private static final Logger LOG = LoggerFactory.getLogger(DataOptions.class);

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the data; a restart finds it again. Default: .laneway beside the launcher.")
    @Nullable
    Path dataDir;

    @Option(names = "--ephemeral", description = "Keep nothing: a temporary folder that goes with the process.")
    boolean ephemeral;

    /** Whether the data goes with the process. */
    public boolean ephemeral() {
        return ephemeral;
    }

    /** The folder, whether or not it is used. */
    public Path folder(Environment environment) {
        return folder(dataDir, environment);
    }

    /** The folder that {@code --data-dir} names, or the default. */
    public static Path folder(@Nullable Path dataDir, Environment environment) {
        if (dataDir != null) {
            return dataDir.toAbsolutePath().normalize();
        }
        String home = Objects.requireNonNullElse(environment.get("LANEWAY_HOME"), ".laneway");
        return Path.of(home, "data").toAbsolutePath().normalize();
    }

    /** The database that is others'; null for the embedded one. An SQLite file, which LiteLLM's users may have named, is none. */
    private static @Nullable String database(Environment environment) throws StartFailed {
        String url = ServersFromEnvironment.database(environment);
        if (url == null || !url.strip().toLowerCase(Locale.ROOT).startsWith("sqlite")) {
            return url;
        }
        LOG.warn("DATABASE_URL names an SQLite file, which is not used: the embedded PostgreSQL takes its place");
        return null;
    }

    /**
     * The servers to use: embedded ones, and where the environment names some, those.
     *
     * @throws StartFailed where the options or the environment contradict themselves
     */
    public ServicesConfig services(Environment environment) throws StartFailed {
        if (dataDir != null && ephemeral) {
            throw new StartFailed("--data-dir and --ephemeral exclude each other");
        }
        return new ServicesConfig(
                folder(environment),
                ephemeral,
                environment.get("KAFKA_BOOTSTRAP_SERVERS"),
                database(environment),
                ServersFromEnvironment.redis(environment));
    }
}
