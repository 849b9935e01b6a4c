package dev.laneway.runtime.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A config file beside the texts of it that were kept, all read by today's rules and in this environment. Blocks. */
public final class FileHistory {
    private final Path file;
    private final ConfigHistory history;
    private final ConfigLoader loader;
    private final Environment environment;

    public FileHistory(Path file, ConfigHistory history, ConfigLoader loader, Environment environment) {
        this.file = Objects.requireNonNull(file, "file");
        this.history = Objects.requireNonNull(history, "history");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.environment = Objects.requireNonNull(environment, "environment");
    }

    public Path file() {
        return file;
    }

    public ConfigHistory history() {
        return history;
    }

    /** The file as it is. */
    public ConfigResult present() {
        return loader.load(file, environment);
    }

    ConfigResult judge(ConfigFile.Content content) {
        return loader.judge(content, file, environment);
    }

    /** What a kept text means today. */
    public ConfigResult read(KeptVersion kept) {
        return loader.load(kept.path(), environment);
    }

    /** The one of that number. */
    public Optional<KeptVersion> numbered(int number) throws IOException {
        return history.newestFirst().stream()
                .filter(kept -> kept.number() == number)
                .findFirst();
    }

    /** The newest that means the same as the file; empty where none does, or the file is refused. */
    public Optional<KeptVersion> now(ConfigResult present) throws IOException {
        return history.newestFirst().stream()
                .filter(kept -> means(kept, present))
                .findFirst();
    }

    /** The newest that means something else than the file. */
    public Optional<KeptVersion> newestOther(ConfigResult present) throws IOException {
        return other(history.newestFirst(), present);
    }

    /** The newest that is older than the one that is the file's now; where the file's isn't kept, the newest. */
    public Optional<KeptVersion> previous(ConfigResult present) throws IOException {
        List<KeptVersion> all = history.newestFirst();
        int newerThan = now(present).map(KeptVersion::number).orElse(Integer.MAX_VALUE);
        return other(all.stream().filter(kept -> kept.number() < newerThan).toList(), present);
    }

    private Optional<KeptVersion> other(List<KeptVersion> newestFirst, ConfigResult present) {
        return newestFirst.stream()
                .filter(KeptVersion::wasValid)
                .filter(kept -> !means(kept, present))
                .findFirst();
    }

    /** Read again, since another environment may have given the same text another version. */
    private boolean means(KeptVersion kept, ConfigResult present) {
        if (!(present instanceof ConfigResult.Valid valid)) {
            return false;
        }
        String version = valid.config().version();
        if (kept.version().equals(version)) {
            return true;
        }
        return switch (read(kept)) {
            case ConfigResult.Valid same -> same.config().version().equals(version);
            case ConfigResult.Invalid invalid -> false;
        };
    }
}
