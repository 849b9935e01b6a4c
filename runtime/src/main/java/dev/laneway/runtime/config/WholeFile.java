package dev.laneway.runtime.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes a file whole or not at all; it is on the disk when this returns. Blocks. */
final class WholeFile {
    static final Set<PosixFilePermission> OWNER_ONLY = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private WholeFile() {}

    /** Makes or replaces a file, by a file beside it that takes its name. */
    static void write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path next = next(file);
        try {
            fill(next, text);
            Files.setPosixFilePermissions(next, permissions);
            takeName(next, file);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Replaces a file; who owns it and who may read it stay as they are, for another user's process may watch it. */
    static void replace(Path file, String text) throws IOException {
        PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Path next = next(file);
        try {
            fill(next, text);
            PosixFileAttributeView view = Objects.requireNonNull(
                    Files.getFileAttributeView(next, PosixFileAttributeView.class), "POSIX attributes");
            PosixFileAttributes made = view.readAttributes();
            if (!made.group().equals(old.group())) {
                view.setGroup(old.group());
            }
            view.setPermissions(old.permissions());
            if (!made.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            takeName(next, file);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static Path next(Path file) throws IOException {
        return Files.createTempFile(
                folder(file), "." + file.getFileName(), ".next", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    private static void fill(Path next, String text) throws IOException {
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private static void takeName(Path next, Path file) throws IOException {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }
}
