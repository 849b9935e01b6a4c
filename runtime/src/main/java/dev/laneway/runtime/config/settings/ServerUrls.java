package dev.laneway.runtime.config.settings;

import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.References;
import dev.laneway.runtime.config.file.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code database_url} and {@code redis_url}. Servers are found by the environment variables of the same names and by nothing else, so that
 * every role and command finds the same ones; a file that refers to these says just that.
 */
final class ServerUrls {
    private final Reading reading;

    ServerUrls(Reading reading) {
        this.reading = reading;
    }

    /** Takes both from a block; null where the file doesn't have it. */
    void take(@Nullable Block block) {
        if (block != null) {
            take(block, "database_url", "DATABASE_URL", "PostgreSQL");
            take(block, "redis_url", "REDIS_URL", "Redis");
        }
    }

    private void take(Block block, String key, String variable, String server) {
        Value value = block.take(key);
        String raw = value == null ? null : value.raw(reading);
        if (value == null || raw == null || raw.isBlank()) {
            return;
        }
        String named = References.wholeReference(raw);
        String url = reading.references().resolve(raw) instanceof References.Resolved.Value(String text) ? text : "";
        if (url.toLowerCase(Locale.ROOT).startsWith("sqlite")) {
            reading.problems()
                    .differently(
                            value.place(),
                            "SQLite is not used: PostgreSQL takes its place, the embedded one or that of DATABASE_URL",
                            "set DATABASE_URL=postgresql://... for one of your own, or remove this");
        } else if (variable.equals(named)) {
            reading.problems().holds(value.place(), "the server that " + variable + " names; unset: the embedded one");
        } else {
            reading.problems()
                    .unsupported(
                            value.place(),
                            server + " is set by the environment variable " + variable,
                            "set " + variable + " where the gateway runs");
        }
    }
}
