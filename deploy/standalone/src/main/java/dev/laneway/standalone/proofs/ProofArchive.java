package dev.laneway.standalone.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds the evidence, readable by its owner alone: the newest {@value #MOST} proofs, named by time and config version.
 * One process at a time uses a folder.
 */
public final class ProofArchive {
    static final int MOST = 50;

    private static final String UNFINISHED = ".unfinished-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final @Nullable Path folder;

    private ProofArchive(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Keeps proofs in a folder, which is made with the first one. */
    public static ProofArchive in(Path folder) {
        return new ProofArchive(folder);
    }

    /** Keeps none. */
    public static ProofArchive none() {
        return new ProofArchive(null);
    }

    /** An empty file for a proof to be printed to. What a killed process began is deleted. */
    Path begin() throws IOException {
        if (folder == null) {
            return Files.createTempFile("laneway-proof-", ".json");
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path left : list(UNFINISHED)) {
            Files.delete(left);
        }
        return Files.createTempFile(folder, UNFINISHED, ".json");
    }

    /** Keeps a printed proof, and drops the oldest where there are too many. @return where it lies now; empty where none is kept */
    Optional<Path> keep(Path printed, Instant time, String version) throws IOException {
        if (folder == null) {
            Files.delete(printed);
            return Optional.empty();
        }
        Path kept = folder.resolve(TIME.format(time) + "-" + version + ".json");
        Files.move(printed, kept, StandardCopyOption.ATOMIC_MOVE);
        List<Path> all = list("");
        for (Path old : all.subList(0, Math.max(0, all.size() - MOST))) {
            Files.delete(old);
        }
        return Optional.of(kept);
    }

    /** By name, and so by time. */
    private List<Path> list(String beginning) throws IOException {
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning)
                            && file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
