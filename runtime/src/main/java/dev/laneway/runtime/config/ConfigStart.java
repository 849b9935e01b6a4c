package dev.laneway.runtime.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which config a process starts with: the file's; where the file or its mount is away, the last good copy; never a copy of a file that
 * is there and wrong. Where only a file that it includes is away, the copy is used if the file itself is as it was when the copy was made.
 */
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
                Optional<ConfigResult.Valid> last =
                        isAway(file, copy) ? copy.read(loader, environment) : Optional.empty();
                yield last.isPresent()
                        ? new FromLastGood(last.get(), invalid.problems().getFirst())
                        : new Refused(invalid);
            }
        };
    }

    private static boolean isAway(Path file, LastGoodCopy copy) {
        return switch (ConfigFile.read(file)) {
            case ConfigFile.Content.Absent absent -> true;
            case ConfigFile.Content.Unreadable unreadable -> false;
            case ConfigFile.Content.Present(String text) ->
                copy.isOf(text)
                        && ConfigLoader.included(file).stream()
                                .anyMatch(each -> ConfigFile.read(each) instanceof ConfigFile.Content.Absent);
        };
    }
}
