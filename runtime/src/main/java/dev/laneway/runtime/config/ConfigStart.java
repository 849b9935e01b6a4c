package dev.laneway.runtime.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Which config a process starts with: the file's; where the file or its mount is away, the last good copy; never a copy of a file that is there and wrong. */
public sealed interface ConfigStart {
    /** The file was read. */
    record FromFile(ConfigResult.Valid valid) implements ConfigStart {}

    /** The file is away; say so. */
    record FromLastGood(ConfigResult.Valid valid, Problem why) implements ConfigStart {}

    /** No start. */
    record Refused(ConfigResult.Invalid why) implements ConfigStart {}

    /** Reads the file, or else the copy. Blocks. */
    static ConfigStart of(Path file, LastGoodCopy copy, ConfigLoader loader, Environment environment) {
        Objects.requireNonNull(file, "file");
        return switch (loader.load(file, environment)) {
            case ConfigResult.Valid valid -> new FromFile(valid);
            case ConfigResult.Invalid invalid -> {
                Optional<ConfigResult.Valid> last = ConfigFile.read(file) instanceof ConfigFile.Content.Absent
                        ? copy.read(loader, environment)
                        : Optional.empty();
                yield last.isPresent()
                        ? new FromLastGood(last.get(), invalid.problems().getFirst())
                        : new Refused(invalid);
            }
        };
    }
}
