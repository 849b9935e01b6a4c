package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

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
        Path next = Files.createTempFile(
                directory,
                NAME,
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel out = FileChannel.open(next, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer text = ByteBuffer.wrap(valid.publishableText().getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
            }
            Files.move(next, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The copy, read again; empty when there is none or it is of no use. */
    public Optional<ConfigResult.Valid> read(ConfigLoader loader, Environment environment) {
        return Files.exists(path()) && loader.load(path(), environment) instanceof ConfigResult.Valid valid
                ? Optional.of(valid)
                : Optional.empty();
    }
}
