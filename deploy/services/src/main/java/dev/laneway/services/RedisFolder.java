package dev.laneway.services;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at Redis's folder before a start, and reads why a start failed. */
final class RedisFolder {
    private RedisFolder() {}

    static void check(DataFolder data) throws ServicesException {
        Path folder = data.redis();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw data.damaged("redis is a file and not a folder", "move it away");
        }
    }

    static ServicesException explain(DataFolder data, ServerProcess process) throws PortTaken {
        String all = String.join("\n", process.printed());
        if (all.contains("Address already in use")) {
            throw new PortTaken("Redis: the port is in use");
        }
        if (all.contains("append only file") || all.contains("preamble of the AOF")) {
            return data.damaged(
                    "Redis cannot read redis/appendonly.aof",
                    "restore the file from a backup, or move it away to begin with an empty Redis");
        }
        return new ServicesException(
                "Redis cannot start on " + data.redis() + ": " + process.complaint() + ": see " + process.log());
    }
}
