package dev.laneway.runtime.config.file;

import java.util.Objects;

/**
 * Where something stands in the file.
 *
 * @param path of keys, such as {@code routes.secure-core.chain}
 * @param line from 1; 0 for the file as a whole
 */
public record Place(String path, int line) {
    /** The file as a whole. */
    public static final Place FILE = new Place("file", 0);

    public Place {
        Objects.requireNonNull(path, "path");
    }
}
