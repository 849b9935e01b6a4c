package dev.laneway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. Follows symbolic links, as Kubernetes swaps them for a mounted
 * file; asks no notification service, as network mounts have none.
 */
record FileStamp(Path real, @Nullable Object key, FileTime modified, long size) {
    /** Null when the file isn't there. */
    static @Nullable FileStamp of(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return new FileStamp(real, attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (IOException away) {
            return null;
        }
    }
}
