package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Redis 6.2's configuration, in a file because a command line is readable by every user. */
final class RedisSettings {
    static final String FILE = "redis.conf";
    static final String PID_FILE = "redis.pid";

    private RedisSettings() {}

    static Path write(Path folder, int port, String password, boolean ephemeral) throws IOException {
        Path file = folder.resolve(FILE);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text(folder, port, password, ephemeral));
    }

    /**
     * Claims and reservations must not be forgotten: nothing is evicted, and every second reaches the disk. Small sorted sets aren't packed: places
     * of parallel requests come and go with each one, and in a packed set of 64 that costs several times as much.
     */
    private static String text(Path folder, int port, String password, boolean ephemeral) {
        return """
                # Written at every start; changes made here are lost.
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir %s
                pidfile %s
                proc-title-template "{title} {listen-addr} {config-file}"
                maxmemory-policy noeviction
                zset-max-ziplist-entries 8
                save ""
                appendonly %s
                appendfsync everysec
                tcp-backlog 128
                """.formatted(
                        port, password, quoted(folder), quoted(folder.resolve(PID_FILE)), ephemeral ? "no" : "yes");
    }

    private static String quoted(Path path) {
        return "\"" + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
