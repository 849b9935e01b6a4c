package dev.laneway.services;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to start, and where it keeps its data.
 *
 * @param dataDir made if missing; not touched when {@code ephemeral}, or when all three servers are external
 * @param ephemeral keep everything in a temporary folder that goes with {@link EmbeddedServices#close()}
 * @param externalKafka {@code host:port[,host:port...]} of a broker to use in place of the embedded one
 * @param externalDatabaseUrl {@code postgresql://user:password@host:port/name}, likewise
 * @param externalRedisUrl {@code redis://[user:password@]host:port}, likewise
 */
public record ServicesConfig(
        Path dataDir,
        boolean ephemeral,
        @Nullable String externalKafka,
        @Nullable String externalDatabaseUrl,
        @Nullable String externalRedisUrl) {

    /** All three embedded, kept in a folder. */
    public static ServicesConfig in(Path dataDir) {
        return new ServicesConfig(dataDir, false, null, null, null);
    }

    /** All three embedded, forgotten at the end. */
    public static ServicesConfig temporary() {
        return new ServicesConfig(Path.of("."), true, null, null, null);
    }

    /** The external ones, empty where there is none. */
    Endpoints external() {
        return new Endpoints(
                Objects.requireNonNullElse(externalKafka, "").strip(),
                Objects.requireNonNullElse(externalDatabaseUrl, "").strip(),
                Objects.requireNonNullElse(externalRedisUrl, "").strip());
    }

    boolean startsNothing() {
        return externalKafka != null && externalDatabaseUrl != null && externalRedisUrl != null;
    }

    /** Leaves the URLs out: they hold passwords. */
    @Override
    public String toString() {
        return "ServicesConfig[dataDir=" + dataDir + ", ephemeral=" + ephemeral + "]";
    }
}
