package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The config that was last in force, on this machine's own disk: what a start uses when the file's mount is away. Holds no secret; a
 * deployment whose key is written into the file is out of service until the file is back. Blocks.
 */
public final class LastGoodCopy {
    private static final String NAME = "config.last-good.json";

    private final Path directory;

    /** @param directory made at the first save */
    public LastGoodCopy(Path directory) {
        this.directory = directory;
    }

    /** The copy of one file: a start with another one, or with a misspelt name, must not find it. */
    public static LastGoodCopy of(Path folder, Path file) {
        return new LastGoodCopy(
                folder.resolve(Digest.hex(12, file.toAbsolutePath().normalize().toString())));
    }

    /** The copy's file. */
    public Path path() {
        return directory.resolve(NAME);
    }

    /** Replaces the copy: whole or not at all, on the disk when this returns, readable by its owner only. */
    public void save(ConfigResult.Valid valid) throws IOException {
        Files.createDirectories(directory);
        SecretText source = valid.source();
        ConfigText text = source == null ? null : ConfigText.of(source.reveal());
        String mark = text == null || text.included().isEmpty() ? "" : mark(text.main()) + ",";
        WholeFile.write(path(), "{" + mark + valid.publishableText().substring(1), WholeFile.OWNER_ONLY);
    }

    /** Whether the copy was made of a file of this text, which included others. */
    boolean isOf(String main) {
        return ConfigFile.read(path()) instanceof ConfigFile.Content.Present(String text)
                && text.startsWith("{" + mark(main) + ",");
    }

    /** A key that nobody reads. */
    private static String mark(String main) {
        return "\"x-file\":\"" + Digest.hex(24, main) + "\"";
    }

    /** The operator's own texts of the configs that were in force before, beside the copy. */
    public ConfigHistory history() {
        return new ConfigHistory(directory.resolve(ConfigHistory.FOLDER), InstantSource.system());
    }

    /** The copy, read again; empty when there is none or it is of no use. */
    public Optional<ConfigResult.Valid> read(ConfigLoader loader, Environment environment) {
        return ConfigFile.read(path()) instanceof ConfigFile.Content.Present(String text)
                        && loader.parse(text, path().toString(), environment) instanceof ConfigResult.Valid valid
                ? Optional.of(valid)
                : Optional.empty();
    }
}
