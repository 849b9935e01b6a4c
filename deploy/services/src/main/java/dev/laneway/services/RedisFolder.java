package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at Redis's folder before a start, and reads why a start failed. */
final class RedisFolder {
    /** Redis marks warnings and worse with a hash; the dynamic loader speaks before Redis does. */
    static final Pattern TELLING =
            Pattern.compile("(?: # (?!WARNING)|FATAL CONFIG FILE ERROR|(?=error while loading ))(.*)");

    private static final Pattern UNREADABLE =
            Pattern.compile("reading the append only file|RDB preamble of the AOF|loading DB. Unrecoverable error");

    private RedisFolder() {}

    static void check(DataFolder data) throws ServicesException {
        Path folder = data.redis();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw data.damaged("redis is a file and not a folder", "move it away");
        }
    }

    /** Ends a server that a killed Laneway left behind: two would write the same file. */
    static void endOrphan(DataFolder data) throws ServicesException, IOException, InterruptedException {
        Path config = data.redis().resolve(RedisSettings.FILE);
        Optional<Orphan> found = Orphan.find(data.redis().resolve(RedisSettings.PID_FILE), config);
        if (found.isPresent() && found.get().ours()) {
            found.get().end("Redis", "TERM");
        }
    }

    static ServicesException explain(DataFolder data, ServerProcess process) throws PassingObstacle {
        String all = String.join("\n", process.printed());
        if (all.contains("Address already in use")) {
            throw new PassingObstacle("its port was taken meanwhile");
        }
        if (UNREADABLE.matcher(all).find()) {
            return data.damaged(
                    "Redis cannot read redis/appendonly.aof",
                    "restore the file from a backup, or move it away to begin with an empty Redis");
        }
        return new ServicesException("Redis cannot start on " + data.redis() + ": " + process.complaint(TELLING)
                + " (see " + process.log() + "): put that right and start again");
    }
}
