package dev.laneway.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another. Follows symbolic links, as Kubernetes swaps them for a mounted file; asks no
 * notification service, as network mounts have none; and looks at the content, as a change may leave size and time as they were: tools
 * that keep times, disks that count in seconds.
 */
record FileStamp(Path real, @Nullable Object key, FileTime modified, long size, long content) {
    /** Null when the file isn't there or can't be read. Blocks. */
    static @Nullable FileStamp of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return new FileStamp(
                    real, attributes.fileKey(), attributes.lastModifiedTime(), attributes.size(), content(real));
        } catch (IOException away) {
            return null;
        }
    }

    private static long content(Path real) throws IOException {
        CRC32C sum = new CRC32C();
        try (InputStream in = Files.newInputStream(real)) {
            sum.update(in.readNBytes(ConfigFile.MOST_BYTES + 1));
        }
        return sum.getValue();
    }
}
