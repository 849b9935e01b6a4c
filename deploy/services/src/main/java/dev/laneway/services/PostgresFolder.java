package dev.laneway.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks at PostgreSQL's folder before a start, and reads why a start failed. */
final class PostgresFolder {
    static final String MAJOR_VERSION = "18";

    /** What PostgreSQL prints when it ends: a severity, or its own name before it has a log. */
    static final Pattern TELLING = Pattern.compile("(?:FATAL: +|PANIC: +|^postgres: )(.*)");

    private static final Pattern PASSING =
            Pattern.compile("Address already in use|shared memory block .* is still in use");

    private static final String RESTORE = "restore the folder from a backup, or choose another with --data-dir";

    private PostgresFolder() {}

    static void check(DataFolder data) throws ServicesException, IOException {
        Path folder = data.postgres();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw data.damaged("postgres is a file and not a folder", "move it away");
        }
        if (Trees.isEmpty(folder)) {
            return;
        }
        Path version = folder.resolve("PG_VERSION");
        if (!Files.isRegularFile(version)) {
            throw data.damaged("postgres/PG_VERSION is missing", RESTORE);
        }
        String major = Files.readString(version).strip();
        if (!major.equals(MAJOR_VERSION)) {
            throw new ServicesException(
                    "data folder " + data.root() + " was made by PostgreSQL " + major + " and this is " + MAJOR_VERSION
                            + ": migrate it with pg_upgrade, or choose another with --data-dir");
        }
        if (!Files.isRegularFile(data.secretFile("postgres"))) {
            throw data.damaged("secrets/postgres.password is missing", RESTORE);
        }
    }

    /**
     * Ends a server that a killed Laneway left behind. A process id file whose process is somebody else's by now goes too:
     * PostgreSQL itself would take that process for a server of its own.
     */
    static void endOrphan(DataFolder data) throws ServicesException, IOException, InterruptedException {
        Path pidFile = data.postgres().resolve("postmaster.pid");
        Optional<Orphan> found = Orphan.find(pidFile, data.postgres());
        if (found.isPresent() && found.get().ours()) {
            found.get().end("PostgreSQL", "INT");
        } else if (found.isPresent() && found.get().known()) {
            Files.deleteIfExists(pidFile);
        }
    }

    static ServicesException explain(DataFolder data, ServerProcess process) throws PassingObstacle {
        String complaint = process.complaint(TELLING);
        if (process.printed().stream().anyMatch(PASSING.asPredicate())) {
            throw new PassingObstacle(complaint);
        }
        return new ServicesException("PostgreSQL cannot start on " + data.postgres() + ": " + complaint + " (see "
                + process.log() + "): put that right, or if the folder is damaged " + RESTORE);
    }
}
